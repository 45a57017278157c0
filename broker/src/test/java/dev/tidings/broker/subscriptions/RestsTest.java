package dev.tidings.broker.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of sinks that want to be left alone.
class RestsTest {
    private final Room room = new Room();
    private final Instant until = room.clock.instant().plusSeconds(3_600);

    @Test
    void keepsAcrossACrashUntilWhenASinkWantsToBeLeftAlone() {
        Subscription subscription = room.create(Room.PLAIN);

        room.store.rest(subscription, until);
        room.crash();

        assertThat(room.store.restsUntil(subscription)).contains(until);
    }

    @Test
    void keepsTheLatestOfWhatASinkSaid() {
        Subscription subscription = room.create(Room.PLAIN);

        room.store.rest(subscription, until.minusMillis(1_300));
        room.store.rest(subscription, until);
        room.store.rest(subscription, until.minusSeconds(10));
        room.crash();

        assertThat(room.store.restsUntil(subscription)).contains(until);
    }

    @Test
    void storesOnceWhatIsSaidManyTimesInASecond() {
        Subscription subscription = room.create(Room.PLAIN);
        room.store.rest(subscription, until.minusMillis(900));
        room.engine.appends().shut();

        room.store.rest(subscription, until.minusMillis(500));
        room.store.rest(subscription, until);

        assertThat(room.engine.appends().waiting()).isZero();
        assertThat(room.store.restsUntil(subscription)).contains(until);
    }

    @Test
    void isForgottenWhereTheOwnerPausesOrDeletesTheSubscription() {
        Subscription paused = room.create(Room.PLAIN);
        Subscription deleted = room.create(Room.PLAIN);
        room.store.rest(paused, until);
        room.store.rest(deleted, until);

        Subscription now = room.done(room.store.pause(Room.target(paused), null));
        room.done(room.store.delete(Room.target(deleted)));

        assertThat(room.store.restsUntil(now)).isEmpty();
        assertThat(room.engine.states().rows("subscription-rests")).isEmpty();
        room.crash();
        assertThat(room.store.restsUntil(now)).isEmpty();
    }

    @Test
    void isOfTheSinkThatSaidIt() {
        Subscription subscription = room.create(Room.PLAIN);
        room.store.rest(subscription, until);

        Subscription elsewhere = room.replace(subscription, Room.PLAIN.replace("/events", "/other"));
        assertThat(room.store.restsUntil(elsewhere)).isEmpty();

        Subscription rotated = room.done(room.store.rotate(Room.target(elsewhere), null));
        room.store.rest(rotated, until.plusSeconds(1));
        Subscription again = room.done(room.store.rotate(Room.target(rotated), null));
        assertThat(room.store.restsUntil(again)).contains(until.plusSeconds(1));
    }

    @Test
    void isRememberedWhereTheStoreCannotTakeIt() {
        Subscription subscription = room.create(Room.PLAIN);
        room.engine.appends().shut();

        room.store.rest(subscription, until);
        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.engine.appends().open();

        assertThat(room.store.restsUntil(subscription)).contains(until);
    }

    @Test
    void passesOverWhatALaterVersionSaysBesides() {
        Subscription subscription = room.create(Room.PLAIN);
        String row = "{\"sink\":\"https://shop.example.org/events\",\"until\":\"" + until + "\",\"why\":\"429\"}";
        String key = subscription.client() + "/" + subscription.id();
        room.engine
                .log()
                .append(Batch.ofStates(List.of(new StateChange.Put("subscription-rests", key, Bytes.utf8(row)))));

        room.crash();

        assertThat(room.store.restsUntil(subscription)).contains(until);
    }
}
