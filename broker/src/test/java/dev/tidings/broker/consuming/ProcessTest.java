package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a process has left stays its own for a while.
class ProcessTest {
    private final Room room = new Room();

    @Test
    void getsFirstWhatItLeft() {
        room.publish("a");
        room.publish("b");
        Reading first = room.open(of("pm-1"));
        assertThat(first.ids()).containsExactly("a", "b");
        Reading other = room.open(of("pm-2"));
        first.close();
        room.publish("c");
        assertThat(other.ids()).containsExactly("c");

        assertThat(room.open(of("pm-1")).ids()).containsExactly("a", "b");
        assertThat(other.ids()).isEmpty();
    }

    @Test
    void keepsTheOrderOfAKey() {
        room.publish(Room.DONE, "k", "a");
        Reading first = room.open(of("pm-1"));
        Reading other = room.open(of("pm-2"));
        first.close();
        room.publish(Room.DONE, "k", "b");
        room.publish(Room.DONE, "l", "c");
        assertThat(other.ids()).containsExactly("c");

        assertThat(room.open(of("pm-1")).ids()).containsExactly("a", "b");
    }

    @Test
    void losesItToTheOthersWhenItsTimeIsOver() {
        room.publish("a");
        Reading first = room.open(of("pm-1"));
        Reading other = room.open(of("pm-2"));
        first.close();

        room.loop.advance(Opening.Patience.RESERVE.minusMillis(1));
        assertThat(other.ids()).isEmpty();
        room.loop.advance(Duration.ofMillis(1));

        assertThat(other.ids()).containsExactly("a");
        assertThat(room.open(of("pm-1")).ids()).isEmpty();
    }

    @Test
    void losesItToTheOthersAlsoWhereItIsBackAndDoesNotTakeIt() {
        room.publish("a");
        room.open(of("pm-1")).close();
        room.openQuietly(of("pm-1"));
        Reading other = room.open(of("pm-2"));
        assertThat(other.ids()).isEmpty();

        room.loop.advance(Opening.Patience.RESERVE);

        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void leavesItAtOnceToAnotherInstanceOfItself() {
        room.publish("a");
        Reading first = room.open(of("pm-1"));
        room.open(of("pm-2"));
        Reading second = room.open(of("pm-1"));

        first.close();

        assertThat(second.ids()).containsExactly("a");
    }

    @Test
    void leavesItToAnybodyWhereItHasRenouncedIt() {
        room.publish("a");
        Reading first = room.open(of("pm-1"));
        Reading other = room.open(of("pm-2"));

        first.instance.renounce();
        first.close();

        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void waitsWhereNobodyElseIsThere() {
        room.publish("a");
        room.open(of("pm-1")).close();

        assertThat(room.open(of("pm-2")).ids()).isEmpty();
        assertThat(room.open(of("pm-1")).ids()).containsExactly("a");
    }

    @Test
    void countsTheDeliveriesThatEndedWithIt() {
        room.publish("a");
        Opening once = new Opening(
                "~default",
                Set.of(Lane.EVENTS),
                null,
                null,
                1,
                new Opening.Start.Earliest(),
                new Opening.Patience("pm-1", null));
        room.open(once).close();

        assertThat(room.open(once).ids()).isEmpty();
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("a");
    }

    @Test
    void isForgottenWithItsGroupOnceItsTimeIsOver() {
        room.publish("a");
        room.open(of("pm-1")).close();

        room.loop.advance(Opening.Patience.RESERVE);

        assertThat(room.now(room.consuming.statuses()).getFirst().lagEvents()).isOne();
        assertThat(room.open(of(null)).ids()).containsExactly("a");
    }

    private static Opening of(@Nullable String process) {
        return new Opening(
                "~default",
                Set.of(Lane.EVENTS),
                null,
                null,
                null,
                new Opening.Start.Earliest(),
                new Opening.Patience(process, null));
    }
}
