package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeptApiTest {
    private static final List<String> KEPT = List.of("a.Bus.close() : void", "a.Bus.fire() : void");

    @Test
    void findsWhatWasRemovedOrChanged() {
        KeptApi api = new KeptApi("1.0", KEPT);

        assertThat(api.goneFrom(List.of("a.Bus.close() : int", "a.Bus.fire() : void")))
                .containsExactly("a.Bus.close() : void");
    }

    @Test
    void findsWhatWasAdded() {
        KeptApi api = new KeptApi("1.0", KEPT);

        assertThat(api.newIn(List.of("a.Bus.close() : void", "a.Bus.fire() : void", "a.Bus.open() : void")))
                .containsExactly("a.Bus.open() : void");
    }

    @Test
    void forgetsWhatIsGoneBeforeTheFirstRelease() {
        assertThat(new KeptApi(KeptApi.NOT_YET, KEPT).updated(List.of("a.Bus.open() : void")))
                .isEqualTo(new KeptApi(KeptApi.NOT_YET, List.of("a.Bus.open() : void")));
    }

    @Test
    void keepsWhatIsGoneOnceThereWasARelease() {
        KeptApi updated = new KeptApi("1.0", KEPT).updated(List.of("a.Bus.fire() : void", "a.Bus.open() : void"));

        assertThat(updated.lines())
                .containsExactly("a.Bus.close() : void", "a.Bus.fire() : void", "a.Bus.open() : void");
        assertThat(updated.goneFrom(List.of("a.Bus.fire() : void", "a.Bus.open() : void")))
                .containsExactly("a.Bus.close() : void");
    }

    @Test
    void readsWhatItPrints() {
        KeptApi api = new KeptApi("1.0", KEPT);

        assertThat(KeptApi.parse(api.print())).isEqualTo(api);
        assertThat(KeptApi.parse("")).isEqualTo(new KeptApi(KeptApi.NOT_YET, List.of()));
    }
}
