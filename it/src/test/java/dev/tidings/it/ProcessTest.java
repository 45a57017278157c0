package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets what an instance did not confirm.
class ProcessTest {
    private static final int RENOUNCED = 4000;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.BEYOND_PROCESS)
    void deliversToAProcessThatComesBackFirstWhatItLeft(Way way) {
        shop.produce(shop.order("a", "k"), shop.order("b", "l"));
        Subscription other;
        try (Consumer first = shop.open(way, "process=pm-1&inflight=2")) {
            first.events(2);
            other = shop.subscribe("process=pm-2");
        }
        shop.produce(shop.order("c", "k"), shop.order("d", "m"));
        assertThat(Json.ids(other.events(1))).containsExactly("d");

        try (Consumer again = shop.open(way, "process=pm-1")) {
            assertThat(Json.ids(again.events(3))).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    @Proves(Statement.BEYOND_PROCESS)
    void deliversToAProcessThatIsBackAlsoWhatItsLostConnectionHad() {
        shop.produce("a", "b");
        Subscription lost = shop.subscribe("process=pm-1");
        lost.events(2);
        shop.subscribe("process=pm-2");
        lost.cut();

        assertThat(Json.ids(shop.subscribe("process=pm-1").events(2))).containsExactly("a", "b");
    }

    @Test
    @Proves(Statement.BEYOND_PROCESS)
    void deliversToOthersWhatAProcessDoesNotComeBackForInTime() {
        shop.produce("a");
        try (Subscription first = shop.subscribe("process=pm-1&ackTimeout=1")) {
            first.event();
        }

        assertThat(Json.ids(shop.subscribe("process=pm-2").events(1))).containsExactly("a");
    }

    @Test
    @Proves(Statement.BEYOND_PROCESS)
    void reservesNothingForAConsumerThatSaysSoWhenItCloses() {
        shop.produce("a");
        Subscription first = shop.subscribe("process=pm-1&ackTimeout=3600");
        first.event();
        Subscription other = shop.subscribe("");

        Deadline.await(first.socket().sendClose(RENOUNCED, ""));

        assertThat(Json.ids(other.events(1))).containsExactly("a");
    }

    @Test
    @Proves(Statement.BEYOND_PROCESS)
    void reservesNothingForAPollerThatSaysSoWhenItEnds() {
        shop.produce("a");
        PolledInstance first = shop.poll("process=pm-1&ackTimeout=3600");
        first.event();
        Subscription other = shop.subscribe("");

        first.client()
                .send(Call.of("DELETE", first.address() + "?renounce=true"))
                .expect(204);

        assertThat(Json.ids(other.events(1))).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.BEYOND_ACK_TIMEOUT)
    void deliversToOthersWhatIsNotConfirmedInTime(Way way) {
        shop.produce(shop.order("a", "k"), shop.order("b", "k"));
        Subscription other;
        try (Consumer stuck = shop.open(way, "ackTimeout=1&inflight=2")) {
            stuck.events(2);
            other = shop.subscribe("");
            assertThat(Json.ids(other.events(2))).containsExactly("a", "b");
            stuck.confirm(2);
        }
        other.close();

        assertThat(Json.ids(shop.subscribe("").events(2)))
                .as("the confirmation came too late")
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"process=", "process=a%20b", "process=-a", "ackTimeout=0", "ackTimeout=43201", "ackTimeout=1.5"})
    @Proves({Statement.BEYOND_PROCESS, Statement.BEYOND_ACK_TIMEOUT})
    void refusesWhatIsNoProcessAndNoTime(String query) {
        shop.consumer().post("/ce/consumers?" + query).refused(400, "invalid-parameter");
    }
}
