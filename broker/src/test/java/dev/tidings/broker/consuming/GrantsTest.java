package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Grants that a group is given after it has read past events of the type.
class GrantsTest {
    private final Room room = new Room();

    GrantsTest() {
        grant(Map.of(Room.DONE, Room.everything()));
    }

    @Test
    void revealHistoryToAGroupThatHasReadPastIt() {
        Reading reading = room.open();
        publish("a", Room.UNDONE, "b", Room.DONE, "c", Room.UNDONE);
        assertThat(reading.ids()).containsExactly("b");
        reading.confirm(1);

        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));
        publish("d", Room.UNDONE);

        assertThat(reading.ids()).containsExactlyInAnyOrder("a", "c", "d");
        reading.confirm(4);
        assertThat(room.cursor("~default").floor()).isEqualTo(4);
    }

    @Test
    void revealHistoryToAGroupThatWasNotInUse() {
        Reading reading = room.open();
        publish("a", Room.UNDONE, "b", Room.DONE);
        reading.confirm(1);
        reading.close();

        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));

        assertThat(room.open().ids()).containsExactly("a");
    }

    @Test
    void revealHistoryToAGroupThatReadsAgainWhatItHadReadBefore() {
        Reading reading = room.open();
        publish("a", Room.DONE, "b", Room.UNDONE, "c", Room.DONE);
        room.now(reading.instance.singly().settle(2));
        room.crash();
        Reading second = room.openQuietly(Room.opening("~default"));

        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));
        second.wantAll();

        assertThat(second.ids()).containsExactlyInAnyOrder("a", "b");
        second.confirm(2);
        assertThat(room.cursor("~default").floor()).isEqualTo(3);
    }

    @Test
    void revealHistoryLaterThanTheGrant() {
        Instant since = room.clock.instant();
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, new Grant(false, since.plusSeconds(60))));
        publish("hidden", Room.UNDONE);
        room.clock.advance(Duration.ofSeconds(60));
        Reading reading = room.open();
        publish("seen", Room.UNDONE, "done", Room.DONE);
        assertThat(reading.ids()).containsExactly("seen", "done");
        reading.confirm(2);

        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, new Grant(true, since.plusSeconds(60))));

        assertThat(reading.ids()).containsExactly("hidden");
    }

    @Test
    void handOutNothingOfATypeThatWasTakenAwayWhileItWaitedBehindAnother() {
        Room forgetful = new Room(keepingNothing());
        forgetful.publish("a");
        Reading first = forgetful.open();
        Reading second = forgetful.openQuietly(Room.opening("~default"));
        forgetful.engine.reads().shut();
        first.close();
        forgetful.publish(Room.UNDONE, null, "u");
        second.wantAll();
        forgetful.engine.reads().pass();
        forgetful.loop.run();

        forgetful.grant(Map.of(Room.DONE, Room.everything()));
        forgetful.engine.reads().open();
        forgetful.loop.run();

        assertThat(second.ids()).containsExactly("a");
    }

    @Test
    void handOutNothingThatComesBackAfterItsTypeWasTakenAway() {
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));
        Reading first = room.open();
        publish("a", Room.UNDONE);
        assertThat(first.ids()).containsExactly("a");
        Reading second = room.openQuietly(Room.opening("~default"));
        grant(Map.of(Room.DONE, Room.everything()));
        first.close();

        room.clock.advance(Duration.ofSeconds(1));
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, new Grant(false, room.clock.instant())));
        publish("b", Room.DONE);
        second.wantAll();

        assertThat(second.ids()).containsExactly("b");
    }

    @Test
    void revealWhatTheyRevealThoughTheStoreCouldNotSayWhereItBegins() {
        Reading reading = room.open();
        publish("a", Room.UNDONE, "b", Room.DONE);
        reading.confirm(1);
        room.engine.reads().shut();
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, new Grant(false, Instant.EPOCH)));
        while (room.engine.reads().waiting() > 0) {
            room.engine.reads().fail(new Unavailable("on command", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
            room.loop.run();
        }
        room.engine.reads().open();

        Reading second = room.open();
        room.loop.advance(ConsumingConfig.DEFAULT.lastRetry());

        assertThat(second.ids()).containsExactly("a");
    }

    @Test
    void leaveAGroupNothingToCatchUpWithInAStreamThatItBeganAtTheEndOf() {
        publish("old", Room.ELSE);
        room.clock.advance(Duration.ofSeconds(1));
        Grant fromNow = new Grant(false, room.clock.instant());
        Reading reading = room.open();
        grant(Map.of(Room.DONE, Room.everything(), Room.ELSE, fromNow));
        assertThat(reading.ids()).isEmpty();

        reading.close();

        assertThat(room.now(room.consuming.statuses()))
                .extracting(GroupStatus::lagEvents)
                .containsExactly(0L);
    }

    @Test
    void doNotRepeatWhatWasSettled() {
        Reading reading = room.open();
        publish("a", Room.UNDONE, "b", Room.DONE);
        reading.confirm(1);
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));
        reading.confirm(2);
        reading.close();

        assertThat(room.open().ids()).isEmpty();
    }

    @Test
    void areNotForgottenWhenTheBrokerCrashesBeforeWhatTheyRevealIsSettled() {
        Reading reading = room.open(window(1));
        publish("a", Room.UNDONE, "b", Room.DONE, "c", Room.UNDONE, "d", Room.UNDONE, "e", Room.DONE);
        reading.confirm(1);
        reading.confirm(2);
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));
        reading.confirm(3);

        room.crash();

        assertThat(room.open(window(10)).ids()).containsExactlyInAnyOrder("c", "d");
    }

    @Test
    void loseNothingThatWasAcceptedBeforeTheGroupHeardOfThemThoughTheBrokerCrashes() {
        Reading reading = room.open();
        Instant since = room.clock.instant();
        publish("between", Room.UNDONE, "a", Room.DONE);
        reading.confirm(1);
        assertThat(room.cursor("~default").floor()).isEqualTo(2);

        room.crash();
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, new Grant(false, since)));

        assertThat(room.open().ids()).containsExactly("between");
    }

    @Test
    void loseAgainWhatTheyRevealed() {
        Reading reading = room.openQuietly(Room.opening("~default"));
        publish("a", Room.UNDONE, "b", Room.DONE);
        reading.instance.grant(1);
        room.loop.run();
        assertThat(reading.ids()).containsExactly("b");
        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));

        grant(Map.of(Room.DONE, Room.everything()));
        reading.wantAll();

        assertThat(reading.ids()).isEmpty();
        reading.confirm(1);
        assertThat(room.cursor("~default").floor()).isEqualTo(2);
    }

    @Test
    void revealNoMoreThanSomebodyWants() {
        Room narrow = new Room(waiting(3));
        narrow.grant(Map.of(Room.DONE, Room.everything()));
        for (int i = 0; i < 10; i++) {
            narrow.publish(Room.UNDONE, null, "old" + i);
        }
        narrow.publish(Room.DONE, null, "new");
        Reading reading = narrow.open(window(2));
        reading.confirm(1);
        reading.ids();

        narrow.grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));

        assertThat(reading.ids()).containsExactly("old0", "old1");
        GroupStatus status = narrow.now(narrow.consuming.statuses()).getFirst();
        assertThat(status.waiting()).isLessThanOrEqualTo(3);
        assertThat(status.lagEvents())
                .as("10 events, and a position that may hold one")
                .isEqualTo(11);
    }

    @Test
    void keepOneOwnerAKey() {
        Reading one = room.open(window(1));
        room.publish(Room.UNDONE, "k", "old");
        room.publish(Room.DONE, "k", "new");
        room.publish(Room.DONE, "k", "newer");
        assertThat(one.ids()).containsExactly("new");
        Reading other = room.open(window(10));

        grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));

        assertThat(one.ids()).isEmpty();
        assertThat(other.ids()).isEmpty();
        one.confirm(1);
        assertThat(other.ids()).containsExactly("old", "newer");
    }

    private void grant(Map<EventType, Grant> types) {
        room.grant(new HashMap<>(types));
    }

    private void publish(Object... idsAndTypes) {
        for (int i = 0; i < idsAndTypes.length; i += 2) {
            room.publish((EventType) idsAndTypes[i + 1], null, (String) idsAndTypes[i]);
        }
    }

    private static Opening window(int inflight) {
        return new Opening("~default", Set.of(Lane.EVENTS), inflight, null, null, new Opening.Start.Earliest());
    }

    private static ConsumingConfig waiting(int waiting) {
        ConsumingConfig usual = ConsumingConfig.DEFAULT;
        return new ConsumingConfig(
                usual.inflight(),
                usual.mostInflight(),
                usual.instances(),
                usual.groups(),
                waiting,
                usual.readBytes(),
                new DataSize(1),
                usual.unsettled(),
                usual.firstRetry(),
                usual.lastRetry(),
                usual.testAge(),
                usual.deadAge());
    }

    private static ConsumingConfig keepingNothing() {
        return ConsumingConfig.DEFAULT.withKept(new DataSize(0));
    }
}
