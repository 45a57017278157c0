package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an instance gives back is delivered again when it is due.
class ReleaseTest {
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Room room = new Room();

    @Test
    void deliversAgainAtOnceWhereThereIsNoDelay() {
        room.publish("a", "b");
        Reading reading = room.open();

        assertThat(release(reading, 1, null)).isEqualTo(Settlement.DONE);

        assertThat(reading.ids()).containsExactly("a", "b", "a");
    }

    @Test
    void deliversAgainToAnybodyOnceTheDelayIsOver() {
        room.publish("a");
        Reading reading = room.open();
        release(reading, 1, LATER);
        reading.close();
        Reading other = room.open();

        room.loop.advance(LATER.minusMillis(1));
        assertThat(other.ids()).isEmpty();
        room.loop.advance(Duration.ofMillis(1));

        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void goesOnWithOthersMeanwhile() {
        room.publish("a", "b");
        Reading reading = room.open();

        release(reading, 1, LATER);
        room.publish("c");

        assertThat(reading.ids()).containsExactly("a", "b", "c");
        room.loop.advance(LATER);
        assertThat(reading.ids()).containsExactly("a");
    }

    @Test
    void keepsWhatFollowsOfTheKeyBehindIt() {
        room.publish(Room.DONE, "k", "a");
        room.publish(Room.DONE, "k", "b");
        Reading reading = room.open();
        assertThat(reading.ids()).containsExactly("a", "b");

        release(reading, 1, LATER);
        room.publish(Room.DONE, "k", "c");
        room.publish(Room.DONE, "l", "d");
        assertThat(reading.ids()).containsExactly("d");
        reading.confirm(3);
        room.loop.advance(LATER);

        assertThat(reading.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void isNotConfirmedWithWhatCameAfterIt() {
        room.publish("a", "b");
        Reading reading = room.open();
        release(reading, 1, LATER);

        reading.confirm(2);
        room.crash();
        room.loop.advance(LATER);

        assertThat(room.open().ids()).containsExactly("a");
    }

    @Test
    void countsAsADeliveryThatEndedUnconfirmed() {
        room.publish("a");
        Reading reading = room.open();

        release(reading, 1, null);
        release(reading, 2, null);

        assertThat(reading.got.stream().map(Delivery::attempts)).containsExactly(0, 1, 2);
    }

    @Test
    void doesNotCountForWhatGoesBackWithItsKeyOnly() {
        room.publish(Room.DONE, "k", "a");
        room.publish(Room.DONE, "k", "b");
        Reading reading = room.open();

        release(reading, 1, null);

        assertThat(reading.got.stream().map(Delivery::attempts)).containsExactly(0, 0, 1, 0);
    }

    @Test
    void killsAnEventThatIsReleasedTooOften() {
        room.publish("a");
        Reading reading = room.open(patient(Opening.Patience.NONE, 2));

        release(reading, 1, null);
        release(reading, 2, LATER);

        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("a");
        room.loop.advance(LATER);
        assertThat(reading.ids()).containsExactly("a", "a");
    }

    @Test
    void waitsTwiceAsLongEachTimeWhereTheInstanceBacksOff() {
        room.publish("a");
        Reading reading = room.open(patient(new Opening.Patience(null, null, Duration.ofSeconds(1)), null));
        reading.ids();

        release(reading, 1, null);
        room.loop.advance(Duration.ofSeconds(1));
        assertThat(reading.ids()).containsExactly("a");
        release(reading, 2, null);
        room.loop.advance(Duration.ofMillis(1999));
        assertThat(reading.ids()).isEmpty();

        room.loop.advance(Duration.ofMillis(1));
        assertThat(reading.ids()).containsExactly("a");
    }

    @Test
    void backsOffForAnHourAtMost() {
        Opening.Patience patience = new Opening.Patience(null, null, Duration.ofHours(1));

        assertThat(patience.delay(0)).isEqualTo(Duration.ofHours(1));
        assertThat(patience.delay(1_000_000)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void remembersWhenItIsDueAcrossACrash() {
        room.publish("a", "b");
        Reading reading = room.open();
        release(reading, 1, LATER);
        room.crash();
        Reading after = room.open();
        assertThat(after.ids()).containsExactly("b");

        room.loop.advance(LATER.minusMillis(1));
        assertThat(after.ids()).isEmpty();
        room.loop.advance(Duration.ofMillis(1));

        assertThat(after.ids()).containsExactly("a");
    }

    @Test
    void freesTheWindow() {
        room.publish("a", "b", "c");
        Reading narrow =
                room.open(new Opening("~default", Set.of(Lane.EVENTS), 1, null, null, new Opening.Start.Earliest()));
        assertThat(narrow.ids()).containsExactly("a");

        release(narrow, 1, LATER);

        assertThat(narrow.ids()).containsExactly("b");
    }

    @Test
    void letsAnInstanceGoOnForEverThatOnlyReleases() {
        room.publish("a");
        Reading narrow =
                room.open(new Opening("~default", Set.of(Lane.EVENTS), 1, null, null, new Opening.Start.Earliest()));

        for (int offset = 1; offset <= 20; offset++) {
            release(narrow, offset, null);
        }

        assertThat(narrow.ids()).hasSize(21);
    }

    @Test
    void isNotReservedForTheProcessThatReleasedIt() {
        room.publish("a");
        Reading first = room.open(patient(new Opening.Patience("pm-1", null), null));
        release(first, 1, LATER);
        first.close();
        Reading other = room.open();

        room.loop.advance(LATER);

        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void doesNothingToWhatIsSettledAlready() {
        room.publish("a");
        Reading reading = room.open();
        reading.confirm(1);

        assertThat(release(reading, 1, null)).isEqualTo(Settlement.DONE);

        assertThat(reading.ids()).containsExactly("a");
    }

    @Test
    void refusesWhatWasNeverDeliveredOrHasEnded() {
        Reading reading = room.open();
        assertThat(release(reading, 1, null)).isEqualTo(Settlement.NEVER_DELIVERED);

        reading.close();

        assertThat(release(reading, 1, null)).isEqualTo(Settlement.ENDED);
    }

    @Test
    void leavesAnEventOfALaneToTheOthers() {
        room.publishTest("t");
        Reading reading = room.open(Room.opening(Lane.TEST));
        Reading other = room.open(Room.opening(Lane.TEST));

        release(reading, 1, null);
        reading.confirm(1);
        other.close();

        assertThat(reading.ids()).containsExactly("t");
        assertThat(room.open(Room.opening(Lane.TEST)).ids()).containsExactly("t");
    }

    @Test
    void goesOnForeverWhereEveryEventOfALaneIsGivenBack() {
        List.of("a", "b", "c", "d", "e", "f").forEach(room::publishTest);
        Opening one = new Opening("~default", Set.of(Lane.TEST), 1, null, null, new Opening.Start.Earliest());
        Reading reading = room.open(one);

        for (long offset = 1; offset <= 6; offset++) {
            release(reading, offset, null);
        }

        assertThat(reading.ids()).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void keepsNoTimerForAGroupThatNobodyUses() {
        int timers = room.loop.timers();
        room.publish("a");
        Reading reading = room.open();
        release(reading, 1, LATER);

        reading.close();

        assertThat(room.loop.timers()).isEqualTo(timers);
    }

    @Test
    void refusesADelayBeyondTheLongest() {
        Reading reading = room.open();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reading.instance.singly().release(1, Singly.LONGEST_DELAY.plusMillis(1)));
    }

    private static Opening patient(Opening.Patience patience, @Nullable Integer maxDeliveries) {
        return new Opening(
                "~default", Set.of(Lane.EVENTS), null, null, maxDeliveries, new Opening.Start.Earliest(), patience);
    }

    private Settlement release(Reading reading, long offset, @Nullable Duration delay) {
        return room.now(reading.instance.singly().release(offset, delay));
    }
}
