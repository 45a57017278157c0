package dev.tidings.callback.delivery;

import static dev.tidings.callback.delivery.ScriptedSink.permission;
import static dev.tidings.callback.delivery.ScriptedSink.retryAfter;
import static dev.tidings.callback.delivery.ScriptedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dead.DeadReason;
import dev.tidings.broker.subscriptions.DeliveryStatus;
import dev.tidings.broker.subscriptions.Retries;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.Outcome.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StationsTest {
    private static final Outcome OK = status(204);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final Shop shop = new Shop();

    @Test
    void sendsEachEventOnceAndConfirmsItByItself() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a", "b", "c");
        assertThat(shop.sink.news()).containsExactly("a", "b", "c");

        answer("b", OK);
        shop.crash();

        assertThat(shop.sink.news()).containsExactly("a", "c");
        answerAll(OK);
        assertThat(shop.unsettled(subscription)).isZero();
        shop.crash();
        assertThat(shop.sink.news()).isEmpty();
    }

    @Test
    void sendsTheEventsOfAKeyOneAfterTheOther() {
        shop.subscribe(new Subscribing().anywhere());
        shop.publish("k", "k1", "k2", "k3");
        shop.publish("m", "m1");
        assertThat(shop.sink.news()).containsExactly("k1", "m1");

        answer("k1", OK);

        assertThat(shop.sink.news()).containsExactly("k2");
    }

    @Test
    void sendsThemAtOnceWhereOrderIsGivenUp() {
        shop.subscribe(new Subscribing().unordered().anywhere());

        shop.publish("k", "k1", "k2", "k3");

        assertThat(shop.sink.news()).containsExactly("k1", "k2", "k3");
    }

    @Test
    void hasNoMoreRequestsUnderWayThanItMay() {
        shop.subscribe(new Subscribing().atOnce(2).anywhere());

        shop.publish(null, "a", "b", "c");
        assertThat(shop.sink.news()).containsExactly("a", "b");
        answer("b", OK);

        assertThat(shop.sink.news()).containsExactly("c");
    }

    @Test
    void triesAFailedEventAgainBeforeTheNextOfItsKey() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish("k", "k1", "k2");
        shop.publish("m", "m1", "m2");
        shop.sink.news();

        answer("k1", status(500));
        answer("m1", OK);
        assertThat(shop.sink.news()).containsExactly("m2");
        assertThat(shop.status(subscription).retries()).isOne();
        assertThat(shop.status(subscription).nextRetry()).isAfter(shop.loop.instant());

        shop.advance(Duration.ofSeconds(5));
        assertThat(shop.sink.news()).containsExactly("k1");
        answer("k1", OK);
        assertThat(shop.sink.news()).containsExactly("k2");
        answerAll(OK);
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void keepsTheOrderOfAKeyWhateverFailsHoweverOften() {
        shop.subscribe(new Subscribing().anywhere());
        shop.sink.answering(_ -> shop.sink.requests.size() % 3 == 0 ? OK : status(500));

        shop.publish("k", "k1", "k2", "k3", "k4");
        shop.advance(Duration.ofHours(3));

        assertThat(shop.sink.requests.stream().distinct()).containsExactly("k1", "k2", "k3", "k4");
        assertThat(shop.sink.requests).isSorted();
        assertThat(shop.dead()).isEmpty();
    }

    @Test
    void keepsWhenAnEventIsDueOverACrash() {
        shop.subscribe(new Subscribing()
                .retrying(new Retries(Duration.ofHours(2), Duration.ofHours(2), null))
                .anywhere());
        shop.publish("k", "k1", "k2");
        answer("k1", status(500));
        shop.sink.news();

        shop.crash();
        shop.publish("m", "m1");

        assertThat(shop.sink.news()).containsExactly("m1");
        answer("m1", OK);
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

        answer("k1", status(422));

        assertThat(shop.dead()).hasSize(1);
        assertThat(shop.sink.news()).containsExactly("k1", "k2");
        assertThat(shop.counts.open).isZero();
    }

    @Test
    void endsWhereTheSinkIsGone() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish(null, "a", "b");

        answer("a", status(410));

        assertThat(shop.ended).containsExactly("hooks.example answered 410");
        assertThat(shop.sink.news()).containsExactly("a");
        shop.advance(Duration.ofDays(1));
        assertThat(shop.sink.news()).isEmpty();
        assertThat(shop.status(subscription)).isEqualTo(DeliveryStatus.IDLE);
    }

    @Test
    void leavesABusySinkAloneAndThenBeginsSlowly() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a", "b", "c", "d");
        shop.sink.news();
        answer("a", retryAfter(429, "120"));
        answerAll(OK);

        shop.publish(null, "e", "f", "g");
        shop.advance(Duration.ofSeconds(119));
        assertThat(shop.sink.news()).isEmpty();
        assertThat(shop.status(subscription).breaker()).isEqualTo(DeliveryStatus.Breaker.OPEN);

        shop.advance(Duration.ofSeconds(1));
        assertThat(shop.sink.news()).containsExactly("a");
        answer("a", OK);
        assertThat(shop.sink.news()).containsExactly("e", "f");
        assertThat(shop.counts.open).isZero();
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

    @Test
    void asksTheSinkBeforeItGetsAnything() {
        Subscription subscription = shop.subscribe(new Subscribing().asking().anywhere());
        assertThat(shop.sink.news()).containsExactly("OPTIONS");
        shop.publish(null, "a");
        assertThat(shop.sink.news()).isEmpty();

        answer("OPTIONS", permission("120"));

        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.status(subscription).allowedRate()).isEqualTo(120);
        assertThat(shop.sink.whole)
                .allSatisfy(request -> assertThat(request.headers())
                        .anyMatch(header -> header.name().equals("WebHook-Request-Origin")
                                && header.value().equals("hub.example")));
    }

    @Test
    void asksAgainWhereTheSinkDidNotAgree() {
        Subscription subscription = shop.subscribe(new Subscribing().asking().anywhere());
        shop.publish(null, "a");

        answer("OPTIONS", status(200));
        assertThat(shop.status(subscription).lastFailure().reason()).contains("WebHook-Allowed-Origin");
        shop.advance(Duration.ofSeconds(5));
        assertThat(shop.sink.news()).containsExactly("OPTIONS", "OPTIONS");
        answer("OPTIONS", permission(null));

        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.dead()).isEmpty();
    }

    @Test
    void asksAgainAfterADay() {
        shop.subscribe(new Subscribing().asking().anywhere());
        shop.sink.answering(request -> request.equals("OPTIONS") ? permission("*") : OK);
        shop.publish(null, "a");
        shop.advance(Duration.ofHours(23));
        shop.publish(null, "b");
        assertThat(shop.sink.news()).containsExactly("OPTIONS", "a", "b");

        shop.advance(Duration.ofHours(1));
        shop.publish(null, "c");

        assertThat(shop.sink.news()).containsExactly("OPTIONS", "c");
    }

    @Test
    void keepsToTheRateThatTheSinkAllows() {
        shop.subscribe(new Subscribing().asking().at(100).anywhere());
        shop.sink.answering(request -> request.equals("OPTIONS") ? permission("6") : OK);
        shop.publish(null, "a", "b", "c", "d", "e", "f", "g", "h");

        shop.advance(MINUTE);

        assertThat(shop.sink.news())
                .as("one at once, and one every ten seconds")
                .hasSize(1 + 7);
    }

    @Test
    void keepsToTheRateThatTheSubscriptionAsksFor() {
        shop.subscribe(new Subscribing().at(2).anywhere());
        shop.sink.answering(_ -> OK);

        shop.publish(null, "a", "b", "c", "d", "e", "f", "g", "h", "i");
        assertThat(shop.sink.news()).containsExactly("a", "b");
        shop.advance(Duration.ofSeconds(1));

        assertThat(shop.sink.news()).containsExactly("c", "d");
    }

    @Test
    void sendsWhatThereIsInBatchesOfLimitedSize() {
        Subscription subscription =
                shop.subscribe(new Subscribing().inBatches().atOnce(1).anywhere());
        shop.publish("k", "k1");
        shop.publish("k", "k2", "k3");
        shop.publish(null, "a", "b", "c");
        assertThat(shop.sink.news()).containsExactly("k1");

        answer("k1", OK);
        assertThat(shop.sink.news()).containsExactly("k2+k3+a+b+c");
        answer("k2+k3+a+b+c", OK);

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
        Subscription subscription =
                shop.subscribe(new Subscribing().inBatches().atOnce(1).anywhere());
        shop.publish(null, "first");
        shop.publish(null, "a", "bad", "b");
        shop.sink.answering(request -> request.contains("bad") ? status(500) : OK);
        shop.loop.run();
        assertThat(shop.sink.news()).containsExactly("first", "a+bad+b");

        shop.advance(Duration.ofSeconds(5));

        assertThat(shop.sink.news()).contains("a", "b", "bad");
        assertThat(shop.unsettled(subscription)).isOne();
    }

    @Test
    void namesARequestAlikeWithEachAttempt() {
        shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        answer("a", status(500));
        shop.advance(Duration.ofSeconds(5));

        assertThat(Parcel.of(
                                new dev.tidings.model.Delivery(
                                        1,
                                        dev.tidings.model.Lane.EVENTS,
                                        0,
                                        true,
                                        shop.sink.whole.getFirst().body()),
                                Subscription.Order.NONE)
                        .id())
                .isEqualTo(Parcel.of(
                                new dev.tidings.model.Delivery(
                                        2,
                                        dev.tidings.model.Lane.EVENTS,
                                        0,
                                        true,
                                        shop.sink.whole.getLast().body()),
                                Subscription.Order.NONE)
                        .id())
                .startsWith("msg_");
    }

    @Test
    void deliversNothingWhileItIsPausedAndGoesOnAfterwards() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        answer("a", OK);
        Subscription paused = shop.change(Subscribing.in(subscription, State.PAUSED));
        shop.publish(null, "b");
        assertThat(shop.sink.news()).containsExactly("a");

        shop.change(Subscribing.in(paused, State.ACTIVE));

        assertThat(shop.sink.news()).containsExactly("b");
    }

    @Test
    void givesBackWhatItHoldsWhereTheSubscriptionIsRemoved() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish(null, "a", "b");

        CompletableFuture<Void> removed = shop.remove(subscription);

        assertThat(removed).isCompleted();
        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.unsettled(subscription)).isEqualTo(2);
    }

    @Test
    void waitsForTheAnswersThatAreUnderWayWhenTheBrokerShutsDown() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish(null, "a", "b");
        CompletableFuture<Void> drained =
                shop.stations.drain(Duration.ofSeconds(20)).toCompletableFuture();
        shop.loop.run();
        assertThat(drained).isNotDone();

        answer("a", OK);

        assertThat(drained).isCompleted();
        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.unsettled(subscription)).isOne();
    }

    @Test
    void waitsNoLongerThanItMayWhenTheBrokerShutsDown() {
        shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        CompletableFuture<Void> drained =
                shop.stations.drain(Duration.ofSeconds(20)).toCompletableFuture();

        shop.advance(Duration.ofSeconds(20));

        assertThat(drained).isCompleted();
        shop.crash();
        assertThat(shop.sink.news()).containsExactly("a", "a");
    }

    @Test
    void worksAsTheNewVersionSaysFromThenOn() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        answer("a", OK);

        shop.change(Subscribing.with(
                subscription,
                new Subscribing()
                        .inBatches()
                        .asking()
                        .to("https://new.example/")
                        .sink()));
        shop.publish(null, "b", "c");
        answer("OPTIONS", permission("*"));

        assertThat(shop.sink.news()).containsExactly("a", "OPTIONS", "b+c");
    }

    @Test
    void holdsNoMoreInMemoryThanItsWindow() {
        shop.subscribe(new Subscribing().atOnce(1).anywhere());

        shop.publish(
                null,
                java.util.stream.IntStream.range(0, 50).mapToObj(i -> "e" + i).toArray(String[]::new));

        assertThat(shop.now(shop.consuming.statuses()))
                .singleElement()
                .satisfies(group -> assertThat(group.inFlight()).isEqualTo(Shop.SETTINGS.window()));
        shop.sink.answering(_ -> OK);
        shop.loop.run();
        assertThat(shop.sink.news()).hasSize(50).doesNotHaveDuplicates();
    }

    private void answer(String request, Outcome outcome) {
        shop.sink.answer(request, outcome);
        shop.loop.run();
    }

    private void answerAll(Outcome outcome) {
        for (List<String> waiting = shop.sink.waiting(); !waiting.isEmpty(); waiting = shop.sink.waiting()) {
            answer(waiting.getFirst(), outcome);
        }
    }
}
