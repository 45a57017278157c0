package dev.tidings.callback.delivery;

import static dev.tidings.callback.delivery.ScriptedSink.retryAfter;
import static dev.tidings.callback.delivery.ScriptedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Retries;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.engine.Unavailable;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever becomes of events, there is as much room for others afterwards as before, and attempts that were made.
class RoomTest {
    private static final Outcome OK = status(204);
    private static final Duration HALF = Duration.ofMillis(500);
    private final Shop shop = new Shop();

    @Test
    void goesOnHoweverOftenAKeyFailsWithOthersBehindIt() {
        Subscription subscription = shop.subscribe(new Subscribing()
                .retrying(new Retries(HALF, HALF, Duration.ofDays(1)))
                .anywhere());
        shop.sink.answering(request -> request.equals("k1") ? status(500) : OK);

        shop.publish("k", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9");
        for (int i = 0; i < 50; i++) {
            shop.publish("m", "m" + i);
            shop.advance(HALF);
        }

        assertThat(shop.sink.news()).endsWith("m49", "k1");
        assertItHasRoomForAll(subscription);
        shop.sink.answering(_ -> OK);
        shop.advance(HALF);
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void countsNoAttemptOfWhatHasNotGoneOut() {
        Subscription subscription = shop.subscribe(
                new Subscribing().retrying(new Retries(HALF, HALF, HALF)).anywhere());
        shop.publish("k", "k1", "k2");
        shop.answer("k1", retryAfter(503, "60"));

        for (int i = 0; i < 5; i++) {
            Subscription paused = shop.change(Subscribing.in(subscription, State.PAUSED));
            subscription = shop.change(Subscribing.in(paused, State.ACTIVE));
        }
        shop.advance(Duration.ofMinutes(1));
        shop.answer("k1", OK);
        shop.answer("k2", status(500));

        assertThat(shop.dead()).isEmpty();
        assertThat(shop.status(subscription).retries()).isOne();
    }

    @Test
    void goesOnHoweverOftenTheStoreCouldNotTakeWhatWasConfirmed() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        for (int i = 0; i < 100; i++) {
            shop.publish(null, "e" + i);
            shop.engine.appends().shut();
            shop.answer("e" + i, OK);
            shop.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, HALF));
            shop.engine.appends().open();
            shop.advance(Duration.ofSeconds(1));
        }

        assertThat(shop.unsettled(subscription)).isZero();
        assertThat(shop.sink.news()).hasSize(100);
        assertItHasRoomForAll(subscription);
    }

    @Test
    void triesAgainToOpenWhatCouldNotBeOpened() {
        Subscription subscription = shop.change(new Subscribing().anywhere());
        shop.createGroup(subscription, Set.of(Shop.TYPE));
        shop.publish(null, "a");
        assertThat(shop.sink.news()).isEmpty();

        shop.advance(Duration.ofSeconds(10));

        assertThat(shop.sink.news()).containsExactly("a");
    }

    private void assertItHasRoomForAll(Subscription subscription) {
        shop.sink.silent();
        shop.publish(
                null,
                IntStream.range(0, Shop.SETTINGS.window())
                        .mapToObj(i -> "r" + i)
                        .toArray(String[]::new));
        shop.advance(HALF);
        assertThat(shop.inFlight(subscription)).isEqualTo(Shop.SETTINGS.window());
    }
}
