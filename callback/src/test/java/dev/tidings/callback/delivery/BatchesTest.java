package dev.tidings.callback.delivery;

import static dev.tidings.callback.delivery.ScriptedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Retries;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.sink.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final Outcome OK = status(204);
    /// All that fails is tried again after as long.
    private static final Duration SAME = Retries.SHORTEST;

    private final Shop shop = new Shop();

    @Test
    void sendsWhatThereIsInBatchesOfLimitedSize() {
        Subscription subscription =
                shop.subscribe(new Subscribing().inBatches().atOnce(1).anywhere());
        shop.publish("k", "k1");
        shop.publish("k", "k2", "k3");
        shop.publish(null, "a", "b", "c", "d");
        assertThat(shop.sink.news()).containsExactly("k1");

        shop.answer("k1", OK);
        assertThat(shop.sink.news()).containsExactly("k2+k3+a+b+c");
        shop.answer("k2+k3+a+b+c", OK);
        assertThat(shop.sink.news()).containsExactly("d");
        shop.answer("d", OK);

        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void findsOutWhichEventOfABatchTheSinkWillNotTake() {
        Subscription subscription =
                shop.subscribe(new Subscribing().inBatches().atOnce(1).anywhere());
        shop.publish(null, "first");
        shop.publish("k", "k1", "bad", "k2");
        shop.sink.answering(request -> request.contains("bad") ? status(400) : OK);
        shop.loop.run();

        assertThat(shop.sink.news()).containsExactly("first", "k1+bad+k2", "k1", "bad", "k2");
        assertThat(shop.dead()).hasSize(1);
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void triesEventsOfAFailedBatchAloneSoThatOneDoesNotHoldUpTheOthers() {
        Subscription subscription = shop.subscribe(new Subscribing()
                .inBatches()
                .atOnce(1)
                .retrying(new Retries(SAME, SAME, null))
                .anywhere());
        shop.publish(null, "first");
        shop.publish(null, "a", "bad", "b");
        shop.sink.answering(request -> request.contains("bad") ? status(500) : OK);
        shop.loop.run();
        assertThat(shop.sink.news()).containsExactly("first", "a+bad+b");

        shop.advance(SAME);

        assertThat(shop.sink.news()).containsExactlyInAnyOrder("a", "b", "bad");
        assertThat(shop.unsettled(subscription)).isOne();
    }

    @Test
    void sendsTheEventsOfAKeyInOrderAgainWhileTheirBatchIsStillBeingGivenBack() {
        Subscription subscription =
                shop.subscribe(new Subscribing().inBatches().atOnce(1).anywhere());
        shop.publish(null, "first");
        shop.publish("k", "k1", "k2");
        shop.answer("first", OK);
        shop.engine.appends().shut();
        shop.answer("k1+k2", status(500));
        shop.advance(Duration.ofSeconds(5));
        assertThat(shop.sink.news()).containsExactly("first", "k1+k2", "k1");

        shop.engine.appends().open();
        shop.answer("k1", OK);
        shop.advance(Duration.ofSeconds(5));
        shop.answerAll(OK);

        assertThat(shop.sink.news()).containsExactly("k2");
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void sendsTheEventsOfAKeyInOrderWhereTheirTypeComesBackWhileTheyAreStillBeingGivenBack() {
        Subscription subscription =
                shop.subscribe(new Subscribing().inBatches().atOnce(1).anywhere());
        shop.publish(null, "first");
        shop.publish("k", "k1", "k2");
        shop.engine.appends().shut();
        shop.unwanted.add(Shop.TYPE);
        shop.answer("first", OK);
        shop.unwanted.clear();
        shop.advance(SAME);
        assertThat(shop.sink.news()).containsExactly("first", "k1");

        shop.engine.appends().open();
        shop.answer("k1", OK);
        shop.advance(SAME);
        shop.answerAll(OK);

        assertThat(shop.sink.news()).containsExactly("k2");
        assertThat(shop.unsettled(subscription)).isZero();
    }
}
