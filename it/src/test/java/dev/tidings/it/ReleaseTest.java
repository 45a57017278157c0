package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a consumer gives back.
class ReleaseTest {
    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.RELEASE)
    void deliversAReleasedEventAgainAndNoOther(Way way) {
        shop.produce("a", "b", "c");
        try (Consumer consumer = shop.open(way, "")) {
            consumer.events(3);
            consumer.release(2, null);

            assertThat(Json.ids(consumer.events(1))).containsExactly("b");
            consumer.confirm(4);
        }

        shop.poll("").hasNothing();
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.RELEASE)
    void deliversItAgainNoEarlierThanItsDelay(Way way) {
        shop.produce("a");
        try (Consumer consumer = shop.open(way, "")) {
            consumer.events(1);
            Instant released = Instant.now();
            consumer.release(1, "300ms");
            consumer.events(1);

            assertThat(Duration.between(released, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    @Proves(Statement.RELEASE)
    void deliversItToAnyInstanceOfTheGroup() {
        shop.produce("a");
        PolledInstance first = shop.poll("");
        first.events(1);
        first.release(1, "1ms").expect(204);
        first.delete();

        assertThat(Json.ids(shop.subscribe("").events(1))).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.RELEASE_ORDER)
    void letsWhatFollowsOfTheKeyWaitBehindIt(Way way) {
        shop.produce(shop.order("a", "k"), shop.order("b", "k"), shop.order("x", "l"), shop.order("y"));
        try (Consumer consumer = shop.open(way, "")) {
            consumer.events(4);
            consumer.release(1, "50ms");
            shop.produce(shop.order("c", "k"));

            assertThat(Json.ids(consumer.events(3))).containsExactly("a", "b", "c");
        }
    }

    @Test
    @Proves(Statement.RELEASE_COUNTS)
    void buriesWhatIsReleasedTooOften() {
        shop.produce("a");
        PolledInstance consumer = shop.poll("maxDeliveries=2");
        consumer.events(1);
        consumer.release(1, null).expect(204);
        consumer.events(1);
        consumer.release(2, "1d").expect(204);

        assertThat(Json.ids(shop.poll("events=false&dead=true").events(1))).containsExactly("a");
        assertThat(shop.dead().getFirst().path("reason").asString()).isEqualTo("maxDeliveries");
    }

    @Test
    @Proves(Statement.RELEASE_COUNTS)
    void waitsTheBackOffOfTheInstanceWhereNoDelayIsSaid() {
        shop.produce("a");
        PolledInstance consumer = shop.poll("backOff=200ms");
        consumer.events(1);
        consumer.release(1, null).expect(204);
        consumer.events(1);
        Instant released = Instant.now();
        consumer.release(2, null).expect(204);
        consumer.events(1);

        assertThat(Duration.between(released, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    @Proves(Statement.RELEASE_RESTART)
    void waitsAcrossARestartUntilTheTimeItWasReleasedFor() {
        shop.produce("a", "b", "c");
        PolledInstance consumer = shop.poll("");
        consumer.events(3);
        consumer.release(1, "1d").expect(204);
        consumer.release(2, "1ms").expect(204);
        consumer.confirm(3);

        broker.restart();

        PolledInstance after = shop.poll("");
        assertThat(Json.ids(after.events(1))).containsExactly("b");
        after.hasNothing();
    }

    @Test
    @Proves(Statement.RELEASE_OFFSET)
    void refusesToReleaseWhatWasNeverDelivered() {
        shop.produce("a");
        PolledInstance consumer = shop.poll("");
        consumer.events(1);
        consumer.release(2, null).refused(400, "offset-not-delivered");
        consumer.confirm(1);
        consumer.release(1, null).expect(204);
        consumer.hasNothing();

        Subscription subscription = shop.subscribe("");
        subscription.send("release:1");
        assertThat(subscription.closed().code()).isEqualTo(1008);
    }

    @Test
    @Proves(Statement.RELEASE)
    void showsNothingOfItOnTheWire() {
        shop.produce("a");
        PolledInstance consumer = shop.poll("");
        JsonNode first = consumer.event();
        consumer.release(1, null).expect(204);

        JsonNode again = consumer.event();

        assertThat(again.propertyNames()).isEqualTo(first.propertyNames());
        assertThat(List.of(first.path("offset").asString(), again.path("offset").asString()))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backOff=", "backOff=0s", "backOff=2h", "backOff=soon"})
    @Proves(Statement.RELEASE_COUNTS)
    void refusesWhatIsNoBackOff(String query) {
        shop.consumer().post("/ce/consumers?" + query).refused(400, "invalid-parameter");
    }
}
