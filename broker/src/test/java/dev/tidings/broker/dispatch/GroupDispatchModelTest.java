package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Dispatch beside a model of it, through random histories.
class GroupDispatchModelTest {
    @Property(tries = 1500)
    void keepsItsPromisesThroughAnyHistory(@ForAll long seed) {
        History history = new History(seed);

        history.run(150);

        assertThat(history.delivered()).isNotNegative();
    }
}
