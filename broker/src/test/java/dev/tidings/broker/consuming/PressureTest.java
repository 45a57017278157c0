package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Outlet.Ending;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.DataSize;
import dev.tidings.model.Delivery;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Slow consumers, a slow or failing store, and the end.
class PressureTest {
    private final Room room = new Room(config(5));

    @Test
    void deliversNoMoreThanTheWindow() {
        Reading reading = room.open(window(2));
        room.publish("a", "b", "c", "d");

        assertThat(reading.ids()).containsExactly("a", "b");
        assertThat(status().blocked()).isEqualTo("blocked: unconfirmed");
        reading.confirm(1);
        assertThat(reading.ids()).containsExactly("c");
        assertThat(status().lagEvents()).isEqualTo(3);
    }

    @Test
    void deliversNoMoreThanTheCredit() {
        Reading reading = room.openQuietly(Room.opening("~default"));
        room.publish("a", "b", "c");

        reading.instance.grant(1);
        room.loop.run();

        assertThat(reading.ids()).containsExactly("a");
        assertThat(status().blocked()).isNull();
    }

    @Test
    void readsNoFurtherThanItMayKeepWaitingForAKey() {
        Reading holder = room.open(window(1));
        for (int i = 0; i < 20; i++) {
            room.publish(Room.DONE, "k", "k" + i);
        }
        room.publish("free");
        Reading other = room.open();

        assertThat(holder.ids()).containsExactly("k0");
        assertThat(other.ids()).isEmpty();
        assertThat(status().waiting()).isEqualTo(5);
        assertThat(status().blocked()).startsWith("blocked: 5 events wait for keys");

        holder.close();

        assertThat(other.ids()).hasSize(21).startsWith("k0", "k1").endsWith("k19", "free");
        assertThat(status().blocked()).isNull();
    }

    @Test
    void goesOnAfterAReadThatFailedOnce() {
        Reading first = room.open(mortal());
        room.publish("poison");
        assertThat(first.ids()).containsExactly("poison");
        room.engine.reads().shut();
        first.close();
        Reading second = room.open(mortal());
        room.publish("next");
        while (room.engine.reads().waiting() > 0) {
            room.engine.reads().fail(full());
            room.loop.run();
        }
        assertThat(second.ending).isEqualTo(Ending.FAILED);

        room.engine.reads().open();
        Reading third = room.open(mortal());
        room.loop.advance(ConsumingConfig.DEFAULT.lastRetry());

        assertThat(third.ids()).containsExactly("next");
        assertThat(status().dead()).isOne();
    }

    @Test
    void holdsNoMoreUnsettledEventsThanAClientMay() {
        Room small = new Room(Room.CONFIG.withUnsettled(4_800));
        for (int i = 0; i < 2_000; i++) {
            small.publish("e" + i);
        }

        Reading one = small.open(Room.opening("one"));
        Reading other = small.open(Room.opening("other"));

        assertThat(one.got).as("a quarter of all").hasSize(1_200);
        assertThat(other.got).as("what a group always may").hasSize(1_000);
        assertThat(small.now(small.consuming.statuses()))
                .extracting(GroupStatus::blocked)
                .allSatisfy(blocked -> assertThat(blocked).contains("the client's groups may hold no more"));
        assertThat(small.loop.timers()).as("looks again by itself").isPositive();

        one.confirm(1_200);

        assertThat(one.got).hasSize(2_000);
        other.confirm(1_000);
        assertThat(other.got).hasSize(2_000);
    }

    @Test
    void givesBackWhatAGroupHeldThatNobodyUses() {
        Room small = new Room(Room.CONFIG.withUnsettled(4_800));
        for (int i = 0; i < 2_000; i++) {
            small.publish("e" + i);
        }
        for (int i = 0; i < 5; i++) {
            Reading one = small.open(Room.opening("one"));
            assertThat(one.got).hasSize(1_200);
            one.close();
        }
    }

    @Test
    void triesCursorsAgainThatCouldNotBeStored() {
        room.publish("a");
        Reading reading = room.open();
        room.engine.appends().shut();
        var confirmed = reading.instance.confirm(1).toCompletableFuture();
        room.loop.run();

        room.engine.appends().fail(full());
        room.loop.run();
        assertThat(confirmed).isCompletedExceptionally();
        assertThat(room.engine.appends().waiting()).isZero();
        room.loop.advance(Duration.ofMillis(50));
        room.engine.appends().fail(full());
        room.loop.advance(Duration.ofMillis(99));
        assertThat(room.engine.appends().waiting()).isZero();
        room.loop.advance(Duration.ofMillis(1));
        room.engine.appends().pass();
        room.loop.run();

        assertThat(room.cursor("~default").floor()).isEqualTo(1);
    }

    @Test
    void letsARepeatedConfirmationWaitForTheStoreToo() {
        room.publish("a");
        Reading reading = room.open();
        room.engine.appends().shut();
        var first = reading.instance.confirm(1).toCompletableFuture();
        room.loop.run();
        room.engine.appends().fail(full());
        room.loop.run();
        assertThat(first).isCompletedExceptionally();

        var second = reading.instance.confirm(1).toCompletableFuture();
        room.loop.run();
        assertThat(second).isNotDone();
        room.engine.appends().open();
        room.loop.advance(Duration.ofSeconds(1));

        assertThat(second).isCompletedWithValue(Settlement.DONE);
    }

    @Test
    void keepsOneAppendUnderWayAndStoresTheRestWithTheNext() {
        room.publish("a", "b", "c");
        Reading reading = room.open();
        room.engine.appends().shut();

        for (int i = 1; i <= 3; i++) {
            reading.instance.confirm(i);
            room.loop.run();
        }

        assertThat(room.engine.appends().waiting()).isOne();
        room.engine.appends().pass();
        room.loop.run();
        assertThat(room.cursor("~default").floor()).isEqualTo(1);
        room.engine.appends().pass();
        room.loop.run();
        assertThat(room.cursor("~default").floor()).isEqualTo(3);
        assertThat(room.engine.appends().waiting()).isZero();
    }

    @Test
    void keepsTheOrderOfOffsetsWhereAPayloadHasToBeReadAgain() {
        room.publish("a", "b");
        Reading one = room.open(window(2));
        room.publish("c");
        Reading other = room.openQuietly(Room.opening("~default"));
        one.close();
        room.engine.reads().shut();
        other.wantAll();
        assertThat(other.got).isEmpty();

        room.engine.reads().open();
        room.loop.run();

        assertThat(other.got).extracting(Delivery::offset).containsExactly(1L, 2L, 3L);
        assertThat(other.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void deliversWhatHadToBeReadAgainThoughNothingElseHappens() {
        room.publish("a");
        Reading one = room.open();
        Reading other = room.openQuietly(Room.opening("~default"));
        one.close();
        room.engine.reads().shut();
        other.wantAll();

        room.engine.reads().open();
        room.loop.run();

        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void doesNotReadAgainWhatWaitedForItsKey() {
        Reading holder = room.open(window(1));
        Reading other = room.open();
        room.publish(Room.DONE, "k", "k1");
        room.publish(Room.DONE, "k", "k2");
        room.publish("free");
        assertThat(holder.ids()).containsExactly("k1");
        assertThat(other.ids()).containsExactly("free");
        room.engine.reads().shut();

        holder.confirm(1);

        assertThat(other.ids()).containsExactly("k2");
    }

    @Test
    void readsAgainWhatWaitedForItsKeyAndWasTooMuchToKeep() {
        Room small = new Room(config(5, new DataSize(8)));
        Reading holder = small.open(window(1));
        Reading other = small.open();
        small.publish(Room.DONE, "k", "k1");
        small.publish(Room.DONE, "k", "k2");
        small.publish("free");
        assertThat(holder.ids()).containsExactly("k1");
        assertThat(other.ids()).containsExactly("free");
        small.engine.reads().shut();

        holder.confirm(1);
        assertThat(other.ids()).isEmpty();
        small.engine.reads().open();
        small.loop.run();

        assertThat(other.ids()).containsExactly("k2");
    }

    @Test
    void passesOverWhatIsGoneWhenItHasToBeReadAgain() {
        room.publish("a", "b");
        Reading one = room.open(window(2));
        Reading other = room.openQuietly(Room.opening("~default"));
        room.clock.advance(Duration.ofDays(6));
        room.publish("c");
        room.engine.log().retain(dev.tidings.engine.RetentionRules.DEFAULT);
        room.engine.log().sweep();
        one.close();

        other.wantAll();

        assertThat(other.got).extracting(Delivery::offset).containsExactly(1L);
        assertThat(other.ids()).containsExactly("c");
        other.confirm(1);
        assertThat(room.cursor("~default").floor()).isEqualTo(3);
    }

    @Test
    void doesNotConfirmWhatIsStillBeingRead() {
        room.publish("a");
        Reading one = room.open();
        one.close();
        room.engine.reads().shut();
        Reading other = room.open();

        assertThat(other.confirm(1)).isEqualTo(Settlement.NEVER_DELIVERED);
    }

    @Test
    void drainsOnceConfirmationsAreStored() {
        room.publish("a", "b");
        Reading reading = room.open();
        room.engine.appends().shut();
        reading.instance.confirm(1);

        var drained = room.consuming.drain().toCompletableFuture();
        room.loop.run();

        assertThat(drained).isNotDone();
        assertThat(reading.ending).isNull();
        room.engine.appends().open();
        room.loop.run();
        assertThat(drained).isDone();
        assertThat(reading.ending).isEqualTo(Ending.DRAINING);
        assertThat(room.refusal(Room.opening("~default")).code()).isEqualTo(ErrorCode.NOT_READY);
    }

    @Test
    void forgetsAGroupThatNobodyUses() {
        room.publish("a", "b");
        Reading reading = room.open();
        reading.confirm(1);
        reading.close();

        assertThat(status().instances()).isZero();
        assertThat(status().lagEvents()).isEqualTo(1);
        assertThat(room.loop.timers()).isZero();
    }

    @Test
    void tellsHowOldTheOldestUnsettledEventIs() {
        room.publish("a");
        room.clock.advance(Duration.ofSeconds(10));
        room.publish("b");
        Reading reading = room.open();
        room.clock.advance(Duration.ofSeconds(5));

        assertThat(status().lag()).isEqualTo(Duration.ofSeconds(15));
        reading.confirm(1);
        assertThat(status().lag()).isEqualTo(Duration.ofSeconds(5));
        reading.close();
        assertThat(status().lag()).isEqualTo(Duration.ofSeconds(5));
        room.open().confirm(1);
        assertThat(status().lag()).isZero();
    }

    private static Unavailable full() {
        return new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1));
    }

    private GroupStatus status() {
        return room.now(room.consuming.statuses()).getFirst();
    }

    private static Opening window(int inflight) {
        return new Opening("~default", Set.of(Lane.EVENTS), inflight, null, null, new Opening.Start.Earliest());
    }

    /// Of a group whose events die once they were delivered and not confirmed.
    private static Opening mortal() {
        return new Opening("~default", Set.of(Lane.EVENTS), null, null, 1, new Opening.Start.Earliest());
    }

    private static ConsumingConfig config(int waiting) {
        return config(waiting, ConsumingConfig.DEFAULT.kept());
    }

    private static ConsumingConfig config(int waiting, DataSize kept) {
        ConsumingConfig usual = ConsumingConfig.DEFAULT;
        return new ConsumingConfig(
                usual.inflight(),
                usual.mostInflight(),
                usual.instances(),
                usual.groups(),
                waiting,
                usual.readBytes(),
                kept,
                usual.unsettled(),
                usual.firstRetry(),
                usual.lastRetry(),
                usual.testAge(),
                usual.deadAge());
    }
}
