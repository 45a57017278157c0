package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was not confirmed comes again.
class RedeliveryTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.REDELIVERY_ON_END)
    void deliversAgainWhatAClosedInstanceHadNotConfirmed(Way way) {
        shop.produce("a", "b", "c");
        try (Consumer first = shop.open(way, "")) {
            first.events(3);
            first.confirm(1);
        }

        assertThat(Json.ids(shop.subscribe("").events(2))).containsExactly("b", "c");
    }

    @Test
    @Proves(Statement.REDELIVERY_ON_END)
    void deliversAgainWhatALostConnectionHadNotConfirmed() {
        shop.produce("a", "b");
        Subscription first = shop.subscribe("");
        first.events(2);
        Subscription second = shop.subscribe("");

        first.cut();

        assertThat(Json.ids(second.events(2))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.REDELIVERY_BEFORE_NEWER)
    void deliversWhatWentBackAheadOfNewerEventsOfItsKey(Way way) {
        shop.produce(shop.order("a", "k"), shop.order("b", "k"));
        Subscription second;
        try (Consumer first = shop.open(way, "inflight=2")) {
            first.events(2);
            second = shop.subscribe("");
            shop.produce(shop.order("c", "k"), shop.order("d", "other"));
            assertThat(Json.ids(second.events(1))).containsExactly("d");
        }

        assertThat(Json.ids(second.events(3))).containsExactly("a", "b", "c");
    }
}
