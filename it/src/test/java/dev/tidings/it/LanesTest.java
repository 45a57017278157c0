package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Test events and dead events.
class LanesTest {
    private static final String DEAD_ONLY = "events=false&test=false&dead=true";

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @EnumSource
    @Proves({Statement.LANES_BROADCAST, Statement.LANES_DISREGARD_GROUP})
    void offersATestEventToEveryInstanceOfWhicheverGroupUntilOneConfirmsIt(Way way) {
        try (Consumer one = shop.open(way, "group=one");
                Consumer other = shop.open(way, "group=other")) {
            shop.test("t");
            assertThat(Json.ids(one.events(1))).containsExactly("t");
            assertThat(Json.ids(other.events(1))).containsExactly("t");
        }
        try (Consumer later = shop.open(way, "group=later")) {
            assertThat(Json.ids(later.events(1))).containsExactly("t");
            later.confirm(1);
        }

        shop.poll("group=latest").hasNothing();
    }

    @ParameterizedTest
    @EnumSource
    @Proves({Statement.LANES_BROADCAST, Statement.LANES_DISREGARD_GROUP})
    void offersADeadEventToEveryInstanceThatAsksUntilOneConfirmsIt(Way way) {
        shop.produce("a");
        try (Consumer one = shop.open(way, DEAD_ONLY + "&group=one");
                Consumer other = shop.open(way, DEAD_ONLY + "&group=other")) {
            die("a", "third");
            assertThat(Json.ids(one.events(1))).containsExactly("a");
            assertThat(Json.ids(other.events(1))).containsExactly("a");
        }
        try (Consumer later = shop.open(way, DEAD_ONLY)) {
            assertThat(Json.ids(later.events(1))).containsExactly("a");
            later.confirm(1);
        }

        shop.poll(DEAD_ONLY).hasNothing();
    }

    @Test
    @Proves(Statement.LANES_FIRST_SETTLEMENT)
    void ignoresAllButTheFirstSettlementOfATestEvent() {
        shop.test("t");
        PolledInstance first = shop.poll("");
        PolledInstance second = shop.poll("");
        JsonNode late = second.event();
        first.event();
        first.confirm(1);

        second.dead(late).expect(202);
        second.confirm(1);

        shop.poll("dead=true").hasNothing();
        assertThat(shop.dead()).isEmpty();
    }

    @Test
    @Proves(Statement.LANES_FIRST_SETTLEMENT)
    void keepsATestEventDeadThatAnotherInstanceConfirmsLater() {
        shop.test("t");
        PolledInstance first = shop.poll("");
        PolledInstance second = shop.poll("");
        second.event();

        first.dead(first.event()).expect(202);
        second.confirm(1);

        assertThat(Json.ids(shop.poll("dead=true").events(1))).containsExactly("t");
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.LANES_TEST_DEFAULT)
    void deliversTestEventsUnlessToldNotTo(Way way) {
        shop.test("t");
        try (Consumer usual = shop.open(way, "")) {
            assertThat(Json.ids(usual.events(1))).containsExactly("t");
        }

        try (Consumer without = shop.open(way, "test=false")) {
            shop.produce("a");
            assertThat(Json.ids(without.events(1))).containsExactly("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.LANES_DEAD_ON_REQUEST)
    void deliversDeadEventsOnlyOnRequest(Way way) {
        shop.produce("a");
        die("a", "~default");
        try (Consumer usual = shop.open(way, "");
                Consumer asking = shop.open(way, DEAD_ONLY)) {
            assertThat(Json.ids(asking.events(1))).containsExactly("a");

            shop.produce("b");

            assertThat(Json.ids(usual.events(1))).containsExactly("b");
        }
    }

    @Test
    void areCountedInTheMetricsUntilTheyAreSettled() {
        shop.produce("a");
        die("a", "~default");
        shop.test("t");
        assertThat(shop.unsettled("dead")).isOne();
        assertThat(shop.unsettled("test")).isOne();
        PolledInstance instance = shop.poll("events=false&dead=true");
        instance.events(2);

        instance.confirm();

        assertThat(shop.unsettled("dead")).isZero();
        assertThat(shop.unsettled("test")).isZero();
    }

    private void die(String id, String group) {
        try (Consumer reporter = shop.open(Way.POLLING, "group=" + group)) {
            JsonNode event = reporter.event();
            assertThat(event.path("id").asString()).isEqualTo(id);
            reporter.dead(event);
        }
    }
}
