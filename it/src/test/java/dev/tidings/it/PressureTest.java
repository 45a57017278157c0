package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Instances that confirm little, and events that nobody confirms.
class PressureTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @Test
    @Proves(Statement.FLOW_WINDOW)
    void sendsNothingMoreToAnInstanceThatHasNotConfirmedItsWindow() {
        shop.produce("a", "b", "c");
        PolledInstance instance = shop.poll("inflight=2");
        assertThat(Json.ids(instance.events(2))).containsExactly("a", "b");
        instance.hasNothing();

        instance.confirm(1);

        assertThat(Json.ids(instance.events(1))).containsExactly("c");
    }

    @Test
    @Proves(Statement.FLOW_WINDOW)
    void tellsThatAGroupIsBlocked() {
        shop.produce("a", "b");
        PolledInstance instance = shop.poll("inflight=1");
        assertThat(shop.blocked()).isZero();
        instance.events(1);

        assertThat(shop.blocked()).isOne();
        instance.confirm(1);
        assertThat(shop.blocked()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Proves({Statement.FLOW_WINDOW, Statement.BEYOND_INFLIGHT})
    void leavesToOtherInstancesWhatDoesNotFitIntoAWindow(Way way) {
        try (Consumer full = shop.open(way, "inflight=2")) {
            shop.produce("a", "b");
            assertThat(Json.ids(full.events(2))).containsExactly("a", "b");

            shop.produce("c", "d");

            try (Consumer other = shop.open(way, "inflight=2")) {
                assertThat(Json.ids(other.events(2))).containsExactly("c", "d");
                shop.produce("e");
                full.confirm(1);
                assertThat(Json.ids(full.events(1))).containsExactly("e");
            }
        }
    }

    @Test
    @Proves(Statement.FLOW_WINDOW)
    void hasAWindowOfTenThousandWhereNothingElseIsAskedFor() {
        for (int batch = 0; batch < 21; batch++) {
            int first = batch * 500;
            shop.produce(IntStream.range(first, first + 500)
                    .mapToObj(i -> shop.order(Integer.toString(i)))
                    .toArray(ObjectNode[]::new));
        }
        PolledInstance instance = shop.poll("");

        assertThat(instance.events(10_000)).hasSize(10_000);

        instance.hasNothing();
        instance.confirm(10_000);
        assertThat(Json.ids(instance.events(1))).containsExactly("10000");
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.POISON_MAX_DELIVERIES)
    void letsAnEventDieThatWasDeliveredAsOftenAsItsGroupAllows(Way way) {
        shop.produce("poison");
        List<JsonNode> deliveries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Consumer victim = shop.open(way, "maxDeliveries=3")) {
                deliveries.add(victim.event());
            }
        }

        JsonNode dead = shop.poll("events=false&dead=true").event();

        assertThat(Json.ids(deliveries)).containsExactly("poison", "poison", "poison");
        assertThat(dead.path("id").asString()).isEqualTo("poison");
        assertThat(shop.dead()).singleElement().satisfies(told -> {
            assertThat(told.path("reason").asString()).isEqualTo("maxDeliveries");
            assertThat(told.path("attempts").asInt()).isEqualTo(3);
        });
        shop.poll("").hasNothing();
    }

    @Test
    @Proves(Statement.POISON_MAX_DELIVERIES)
    void countsNoDeliveryThatEndedConfirmed() {
        shop.produce("a", "b");
        for (int i = 0; i < 3; i++) {
            try (Consumer victim = shop.open(Way.POLLING, "maxDeliveries=3&inflight=1")) {
                assertThat(Json.ids(victim.events(1))).containsExactly("a");
                if (i == 2) {
                    victim.confirm(1);
                }
            }
        }

        assertThat(Json.ids(shop.poll("").events(1))).containsExactly("b");
        assertThat(shop.dead()).isEmpty();
    }
}
