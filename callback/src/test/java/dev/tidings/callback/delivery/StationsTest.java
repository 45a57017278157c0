package dev.tidings.callback.delivery;

import static dev.tidings.callback.delivery.ScriptedSink.permission;
import static dev.tidings.callback.delivery.ScriptedSink.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.SinkRequest;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StationsTest {
    private static final Outcome OK = status(204);
    private final Shop shop = new Shop();

    @Test
    void sendsEachEventOnceAndConfirmsItByItself() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a", "b", "c");
        assertThat(shop.sink.news()).containsExactly("a", "b", "c");

        shop.answer("b", OK);
        shop.crash();

        assertThat(shop.sink.news()).containsExactly("a", "c");
        shop.answerAll(OK);
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

        shop.answer("k1", OK);

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
        shop.answer("b", OK);

        assertThat(shop.sink.news()).containsExactly("c");
    }

    @Test
    void triesAFailedEventAgainBeforeTheNextOfItsKey() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish("k", "k1", "k2");
        shop.publish("m", "m1", "m2");
        shop.sink.news();

        shop.answer("k1", status(500));
        shop.answer("m1", OK);
        assertThat(shop.sink.news()).containsExactly("m2");
        assertThat(shop.status(subscription).retries()).isOne();
        assertThat(shop.status(subscription).nextRetry()).isAfter(shop.loop.instant());

        shop.advance(Duration.ofSeconds(5));
        assertThat(shop.sink.news()).containsExactly("k1");
        shop.answer("k1", OK);
        assertThat(shop.sink.news()).containsExactly("k2");
        shop.answerAll(OK);
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void deliversWhatHasTheKeyOfAFailedEventInAnotherStream() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish("k", "k1");
        shop.publishAs(Shop.ELSEWHERE, "k", "e1");

        shop.answer("k1", status(500));
        shop.answerAll(OK);
        shop.advance(Duration.ofSeconds(5));
        shop.answerAll(OK);

        assertThat(shop.sink.news()).containsExactlyInAnyOrder("k1", "e1", "k1");
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void deliversWhatComesWhileItsPredecessorIsStillBeingGivenBack() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish("k", "k1", "k2");
        shop.engine.appends().shut();
        shop.answer("k1", status(500));
        shop.advance(Duration.ofSeconds(5));
        shop.answer("k1", OK);

        shop.engine.appends().pass();
        shop.engine.appends().open();
        shop.advance(Duration.ofSeconds(1));
        shop.answerAll(OK);

        assertThat(shop.sink.news()).containsExactly("k1", "k1", "k2");
        assertThat(shop.unsettled(subscription)).isZero();
    }

    @Test
    void stopsWithinASecondWhateverArrivesMeanwhile() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        shop.change(Subscribing.in(subscription, State.PAUSED));
        shop.publish(null, "b");
        assertThat(shop.inFlight(subscription)).isEqualTo(2);

        shop.advance(Duration.ofSeconds(1));

        assertThat(shop.inFlight(subscription)).isZero();
        assertThat(shop.sink.news()).containsExactly("a");
    }

    @Test
    void sendsNothingOfATypeThatWasTakenAwayWhileItWaited() {
        shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish("k", "k1", "k2");
        shop.publishAs(Shop.ELSEWHERE, "k", "e1");

        shop.unwanted.add(Shop.TYPE);
        shop.answerAll(OK);
        shop.advance(Duration.ofSeconds(10));
        assertThat(shop.sink.news()).containsExactly("k1", "e1");

        shop.unwanted.clear();
        shop.advance(Duration.ofSeconds(10));
        assertThat(shop.sink.news()).containsExactly("k2");
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
    void sendsNothingBehindAFailedEventThoughItWasOnItsWayAlready() {
        shop.subscribe(new Subscribing().anywhere());
        shop.publish("k", "k1");
        shop.aside.hold();
        shop.answer("k1", status(500));
        shop.publish("k", "k2");

        shop.aside.letGo();
        shop.advance(Duration.ofSeconds(5));

        assertThat(shop.sink.news()).containsExactly("k1", "k1");
        shop.answer("k1", OK);
        assertThat(shop.sink.news()).containsExactly("k2");
    }

    @Test
    void namesARequestAlikeWithEachAttempt() {
        shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        shop.answer("a", status(500));
        shop.advance(Duration.ofSeconds(5));

        assertThat(shop.sink.whole)
                .extracting(request -> request.headers().stream()
                        .filter(header -> header.name().equals("webhook-id"))
                        .map(SinkRequest.Header::value)
                        .toList())
                .hasSize(2)
                .containsOnly(List.of(Parcel.id(List.of(parcel(shop.sink.whole.getFirst())))));
    }

    private static Parcel parcel(SinkRequest request) {
        return Parcel.of(new Delivery(9, Lane.EVENTS, 0, true, request.body()), Subscription.Order.NONE);
    }

    @Test
    void deliversNothingWhileItIsPausedAndGoesOnAfterwards() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        shop.answer("a", OK);
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
        assertThat(shop.sink.lines).isZero();
        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.unsettled(subscription)).isEqualTo(2);
    }

    @Test
    void isRemovedOnceWhatTheSinkHasConfirmedIsDurable() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a", "b");
        shop.engine.appends().shut();
        shop.answer("a", OK);

        CompletableFuture<Void> removed = shop.remove(subscription);

        assertThat(removed).isNotDone();
        shop.engine.appends().open();
        shop.loop.run();
        assertThat(removed).isCompleted();
        assertThat(shop.unsettled(subscription)).isOne();
        assertThat(shop.sink.lines).isZero();
    }

    @Test
    void waitsForTheAnswersThatAreUnderWayWhenTheBrokerShutsDown() {
        Subscription subscription = shop.subscribe(new Subscribing().atOnce(1).anywhere());
        shop.publish(null, "a", "b");
        CompletableFuture<Void> drained =
                shop.stations.drain(Duration.ofSeconds(20)).toCompletableFuture();
        shop.loop.run();
        assertThat(drained).isNotDone();

        shop.answer("a", OK);

        assertThat(drained).isCompleted();
        assertThat(shop.sink.news()).containsExactly("a");
        assertThat(shop.unsettled(subscription)).isOne();
    }

    @Test
    void doesNotWaitForThePermissionOfASinkWhenTheBrokerShutsDown() {
        shop.subscribe(new Subscribing().asking().anywhere());
        CompletableFuture<Void> drained =
                shop.stations.drain(Duration.ofSeconds(20)).toCompletableFuture();

        shop.loop.run();

        assertThat(drained).isCompleted();
        shop.answer("OPTIONS", status(410));
        assertThat(shop.ended).isEmpty();
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
    void isPausedNoSoonerThanNothingIsUnderWayWhenTheBrokerShutsDownMeanwhile() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        shop.stations.drain(Duration.ofSeconds(20));
        CompletableFuture<Void> paused = pause(subscription);
        assertThat(paused).isNotDone();

        shop.answer("a", OK);

        assertThat(paused).isCompleted();
    }

    @Test
    void deliversForNobodyNewWhenTheBrokerShutsDown() {
        shop.stations.drain(Duration.ofSeconds(20));

        shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");

        assertThat(shop.sink.news()).isEmpty();
    }

    @Test
    void worksAsTheNewVersionSaysFromThenOn() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");
        shop.answer("a", OK);

        shop.change(Subscribing.with(
                subscription,
                new Subscribing()
                        .inBatches()
                        .asking()
                        .to("https://new.example/")
                        .sink()));
        shop.publish(null, "b", "c");
        shop.answer("OPTIONS", permission("*"));

        assertThat(shop.sink.news()).containsExactly("a", "OPTIONS", "b+c");
        assertThat(shop.sink.lines).isOne();
    }

    @Test
    void isPausedOnceTheAnswersThatWereUnderWayHaveCome() {
        Subscription subscription = shop.subscribe(new Subscribing().anywhere());
        shop.publish(null, "a");

        CompletableFuture<Void> paused = pause(subscription);

        assertThat(paused).isNotDone();
        shop.answer("a", OK);
        assertThat(paused).isCompleted();
    }

    @Test
    void isNotLedBackByAVersionThatComesLate() {
        Subscription first = shop.subscribe(new Subscribing().anywhere());
        shop.change(
                Subscribing.with(first, new Subscribing().inBatches().anywhere().sink()));

        assertThat(shop.now(shop.stations.changed(first))).isNull();

        shop.publish(null, "a");
        assertThat(shop.sink.whole.getLast().headers())
                .contains(new SinkRequest.Header("Content-Type", "application/cloudevents-batch+json"));
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

    private CompletableFuture<Void> pause(Subscription subscription) {
        CompletableFuture<Void> paused = shop.stations
                .changed(Subscribing.in(subscription, State.PAUSED))
                .toCompletableFuture();
        shop.loop.run();
        return paused;
    }
}
