package dev.tidings.callback.delivery;

import static dev.tidings.callback.delivery.ScriptedSink.retryAfter;
import static dev.tidings.callback.delivery.ScriptedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dead.DeadReason;
import dev.tidings.broker.subscriptions.Credential;
import dev.tidings.broker.subscriptions.DeliveryStatus;
import dev.tidings.broker.subscriptions.Retries;
import dev.tidings.broker.subscriptions.Secret;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.delivery.DeliveryObserver.Result;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.Outcome.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final Outcome OK = status(204);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final Shop shop = new Shop();

    @Test
    void keepsWhenAnEventIsDueOverACrash() {
        shop.subscribe(new Subscribing()
                .retrying(new Retries(Duration.ofHours(2), Duration.ofHours(2), null))
                .anywhere());
        shop.publish("k", "k1", "k2");
        shop.answer("k1", status(500));
        shop.sink.news();

        shop.crash();
        shop.publish("m", "m1");

        assertThat(shop.sink.news()).containsExactly("m1");
        shop.answer("m1", OK);
        shop.advance(Duration.ofHours(2));
        assertThat(shop.sink.news()).containsExactly("k1");
    }

    @Test
    void waitsLongerAfterEachFailureAndGivesUpAfterThreeDays() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.sink.answering(_ -> status(404));

        shop.publish("k", "k1");
        shop.advance(Duration.ofHours(12));
        assertThat(shop.dead()).isEmpty();
        shop.advance(Duration.ofDays(10));

        assertThat(shop.sink.requests).hasSizeBetween(25, 45);
        assertThat(shop.dead()).singleElement().satisfies(dead -> {
            assertThat(dead.report().reason()).isEqualTo(DeadReason.UNDELIVERABLE);
            assertThat(dead.report().detail()).isEqualTo("hooks.example answered 404");
            assertThat(dead.report().attempts()).isEqualTo(shop.sink.requests.size());
        });
        assertThat(shop.counts.dead).isOne();
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void givesUpAtOnceWhatTheSinkWillNeverTake() {
        shop.subscribe(new Subscribing().anywhere());
        shop.publish("k", "k1", "k2");

        shop.answer("k1", status(422));

        assertThat(shop.dead()).hasSize(1);
        assertThat(shop.sink.news()).containsExactly("k1", "k2");
        assertThat(shop.counts.open).isZero();
    }

    @Test
    void endsWhereTheSinkIsGone() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish(null, "a", "b");

        shop.answer("a", status(410));

        assertThat(shop.ended).containsExactly("hooks.example answered 410");
        assertThat(shop.sink.news()).containsExactly("a");
        shop.advance(Duration.ofDays(1));
        assertThat(shop.sink.news()).isEmpty();
        assertThat(shop.status(subscription)).isEqualTo(DeliveryStatus.IDLE);
    }

    @Test
    void endsOnceThatCanBeStored() {
        shop.subscribe(new Subscribing().anywhere());
        shop.unstorable = true;
        shop.publish(null, "a");
        shop.answer("a", status(410));
        assertThat(shop.ended).isEmpty();

        shop.unstorable = false;
        shop.advance(Duration.ofSeconds(10));

        assertThat(shop.ended).containsExactly("hooks.example answered 410");
    }

    @Test
    void leavesABusySinkAloneAndThenBeginsSlowly() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a", "b", "c", "d");
        shop.sink.news();
        shop.answer("a", retryAfter(429, "120"));
        shop.answerAll(OK);

        shop.publish(null, "e", "f", "g");
        shop.advance(Duration.ofSeconds(119));
        assertThat(shop.sink.news()).isEmpty();
        assertThat(shop.status(subscription).breaker()).isEqualTo(DeliveryStatus.Breaker.OPEN);

        shop.advance(Duration.ofSeconds(1));
        assertThat(shop.sink.news()).containsExactly("a");
        shop.answer("a", OK);
        assertThat(shop.sink.news()).containsExactly("e", "f");
        assertThat(shop.counts.open).isZero();
    }

    @Test
    void leavesABusySinkAloneAlsoAfterACrash() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        shop.answer("a", retryAfter(503, "3600"));
        assertThat(shop.sink.news()).containsExactly("a");

        shop.advance(MINUTE);
        shop.crash();
        shop.publish(null, "b");
        shop.advance(MINUTE.multipliedBy(58));
        assertThat(shop.sink.news()).isEmpty();
        assertThat(shop.status(subscription).breaker()).isEqualTo(DeliveryStatus.Breaker.OPEN);

        shop.advance(MINUTE);
        assertThat(shop.sink.news()).containsExactly("a");
        shop.answer("a", OK);
        assertThat(shop.sink.news()).containsExactly("b");
    }

    @Test
    void leavesABusySinkAloneAlsoWhereItsSubscriptionIsChanged() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        shop.answer("a", retryAfter(429, "3600"));

        shop.change(Subscribing.with(
                subscription, new Subscribing().inBatches().anywhere().sink()));

        assertThat(shop.sink.news()).containsExactly("a");
        shop.advance(MINUTE.multipliedBy(60));
        assertThat(shop.sink.news()).containsExactly("a");
    }

    @Test
    void leavesASinkAloneNoLongerThanItMayAskForWhereTheClockWentBack() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.rest(subscription, shop.loop.instant().plus(Duration.ofDays(1_000)));
        shop.crash();
        shop.publish(null, "a");

        shop.advance(Shop.SETTINGS.longestPause());

        assertThat(shop.sink.news()).containsExactly("a");
    }

    @Test
    void sendsNothingWithATokenThatHasExpired() {
        Instant expires = shop.loop.instant().plus(MINUTE);
        Subscription subscription = shop.subscribe(new Subscribing()
                .with(new Credential.AccessToken("Bearer", new Secret("t"), expires))
                .anywhere());
        shop.sink.answering(_ -> OK);
        shop.publish(null, "a");
        shop.advance(MINUTE);

        shop.publish(null, "b");

        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.status(subscription).lastFailure().reason()).contains("has expired");
        shop.change(Subscribing.with(subscription, new Subscribing().anywhere().sink()));
        assertThat(shop.sink.news()).containsExactly("b");
    }

    @Test
    void doesNotCountItAsAnAttemptThatASinkIsBusy() {
        shop.subscribe(new Subscribing().anywhere());
        shop.sink.answering(_ -> retryAfter(503, "60"));

        shop.publish(null, "a");
        shop.advance(Duration.ofDays(5));

        assertThat(shop.dead()).isEmpty();
        assertThat(shop.sink.requests).hasSizeGreaterThan(5 * 24 * 59);
    }

    @Test
    void leavesASinkAloneThatFailsAndFindsOutByOneRequest() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.sink.answering(_ -> new Outcome.Failed(Failure.UNREACHABLE, "can't be connected to"));
        shop.publish(null, "a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(shop.sink.news()).hasSizeBetween(5, 8);
        assertThat(shop.counts.open).isOne();
        assertThat(shop.counts.results).containsOnly(Result.UNANSWERED);
        assertThat(shop.status(subscription).lastFailure().reason()).isEqualTo("hooks.example can't be connected to");

        shop.advance(MINUTE);
        assertThat(shop.sink.news()).hasSizeLessThan(6);
        shop.sink.answering(_ -> OK);
        shop.advance(Duration.ofMinutes(10));

        assertThat(shop.counts.open).isZero();
        assertThat(shop.unsettled(subscription)).isZero();
        assertThat(shop.dead()).isEmpty();
    }

    @Test
    void usesUpNoAttemptsWhileTheSinkIsAway() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.sink.answering(_ -> status(502));
        for (int i = 0; i < 100; i++) {
            shop.publish(null, "e" + i);
        }

        shop.advance(Duration.ofDays(4));

        assertThat(shop.dead()).isEmpty();
        shop.sink.answering(_ -> OK);
        shop.advance(Duration.ofHours(12));
        assertThat(shop.unsettled(subscription)).isZero();
    }
}
