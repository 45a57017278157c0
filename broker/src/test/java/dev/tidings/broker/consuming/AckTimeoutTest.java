package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is not confirmed in time goes to others.
class AckTimeoutTest {
    private static final Duration TIME = Duration.ofSeconds(32);
    /// The time, and what it may take longer.
    private static final Duration OVER = Duration.ofSeconds(33);

    private final Room room = new Room();

    @Test
    void takesBackWhatIsNotConfirmedInTime() {
        room.publish("a");
        Reading stuck = room.open(timed(null));
        Reading other = room.open(timed(null));

        room.loop.advance(TIME.minusMillis(1));
        assertThat(other.ids()).isEmpty();
        room.loop.advance(OVER.minus(TIME).plusMillis(1));

        assertThat(other.ids()).containsExactly("a");
        assertThat(stuck.ids()).containsExactly("a");
    }

    @Test
    void leavesWhatWasConfirmedAndWhatIsNotDueYet() {
        room.publish("a");
        room.publish("b");
        Reading reading = room.open(timed(null));
        reading.confirm(1);
        room.loop.advance(Duration.ofSeconds(20));
        room.publish("c");
        Reading other = room.open(timed(null));

        room.loop.advance(Duration.ofSeconds(20));

        assertThat(other.ids()).containsExactly("b");
        assertThat(reading.confirm(3)).isEqualTo(Instance.Settlement.DONE);
        other.close();
        assertThat(reading.ids()).containsExactly("a", "b", "c", "b");
    }

    @Test
    void takesLaterEventsOfTheKeyAlong() {
        room.publish(Room.DONE, "k", "a");
        Reading stuck = room.open(timed(null));
        room.loop.advance(Duration.ofSeconds(20));
        room.publish(Room.DONE, "k", "b");
        assertThat(stuck.ids()).containsExactly("a", "b");
        Reading other = room.open(timed(null));

        room.loop.advance(Duration.ofSeconds(13));

        assertThat(other.ids()).containsExactly("a", "b");
    }

    @Test
    void givesNothingMoreToAnInstanceThatLetItsTimePassUntilItConfirms() {
        room.publish("a");
        Reading stuck = room.open(timed(null));
        Reading other = room.open(timed(null));
        room.loop.advance(OVER);
        assertThat(stuck.ids()).containsExactly("a");

        room.publish("b");
        room.publish("c");
        assertThat(other.ids()).containsExactly("a", "b", "c");
        assertThat(stuck.ids()).isEmpty();

        stuck.confirm(1);
        room.publish("d");
        room.publish("e");
        assertThat(stuck.ids()).hasSize(1);
    }

    @Test
    void deliversAgainToTheOnlyInstance() {
        room.publish("a");
        Reading alone = room.open(timed(null));

        room.loop.advance(OVER);

        assertThat(alone.ids()).containsExactly("a", "a");
        assertThat(alone.confirm(2)).isEqualTo(Instance.Settlement.DONE);
        room.loop.advance(OVER.multipliedBy(2));
        assertThat(alone.ids()).isEmpty();
    }

    @Test
    void settlesNothingByAConfirmationThatComesTooLate() {
        room.publish("a");
        Reading late = room.open(timed(null));
        Reading other = room.open(timed(null));
        room.loop.advance(OVER);

        assertThat(late.confirm(1)).isEqualTo(Instance.Settlement.DONE);
        other.close();

        assertThat(late.ids()).containsExactly("a", "a");
    }

    @Test
    void killsAnEventWhoseTimePassesTooOften() {
        room.publish("a");
        Reading alone = room.open(timed(2));

        room.loop.advance(OVER);
        room.loop.advance(OVER);

        assertThat(alone.ids()).containsExactly("a", "a");
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("a");
    }

    @Test
    void countsFromWhenAnEventWasReadAndNotFromWhenItsAnswerWasLost() {
        room.publish("a");
        Reading polling = room.openQuietly(timed(null));
        assertThat(polling.poll(1)).containsExactly("a");
        polling.instance.unread(1);
        room.loop.advance(Duration.ofSeconds(20));
        assertThat(polling.poll(1)).containsExactly("a");
        Reading other = room.open(timed(null));

        room.loop.advance(Duration.ofSeconds(20));
        assertThat(other.ids()).isEmpty();
        room.loop.advance(Duration.ofSeconds(20));

        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void takesNothingBackFromAnInstanceThatHasEnded() {
        room.publish("a");
        int timers = room.loop.timers();
        Reading ended = room.open(timed(null));
        ended.close();
        assertThat(room.loop.timers()).as("nobody waits for it").isEqualTo(timers);
        Reading other = room.open(timed(null));
        other.confirm(1);

        room.loop.advance(OVER.multipliedBy(2));

        assertThat(other.ids()).containsExactly("a");
    }

    private static Opening timed(@Nullable Integer maxDeliveries) {
        return new Opening(
                "~default",
                Set.of(Lane.EVENTS),
                null,
                null,
                maxDeliveries,
                new Opening.Start.Earliest(),
                new Opening.Patience(null, TIME));
    }
}
