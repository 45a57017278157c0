package dev.tidings.client.listening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloorTest {
    private final Floor floor = new Floor();

    @Test
    void risesOverWhatIsDoneInAnyOrder() {
        floor.done(3);
        floor.done(2);
        assertThat(floor.reached()).isZero();

        floor.done(1);
        assertThat(floor.reached()).isEqualTo(3);
        floor.done(5);
        assertThat(floor.reached()).isEqualTo(3);
        floor.done(4);
        assertThat(floor.reached()).isEqualTo(5);
    }
}
