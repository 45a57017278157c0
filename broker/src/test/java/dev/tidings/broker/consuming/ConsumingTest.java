package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import dev.tidings.model.Delivery;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumingTest {
    private final Room room = new Room();

    /// The news of an event reached its group between the end of a read that had not seen it and the group's hearing
    /// of that end: the event was not delivered before another one came.
    @Test
    void deliverAnEventThatCameWhileTheLastReadEnded() {
        room.grant(Map.of(Room.DONE, Room.everything(), Room.ELSE, Room.everything()));
        Reading reading = room.open();
        room.publish(Room.ELSE, null, "elsewhere");
        room.publish("a");
        room.engine.reads().shut();
        room.publish("b");

        room.append(Room.ELSE, "elsewhere too");
        room.engine.reads().pass();
        room.append(Room.DONE, "c");
        room.engine.reads().open();
        room.loop.run();

        assertThat(reading.ids()).contains("a", "b", "c");
    }

    @Test
    void deliversWhatIsThereAndWhatComes() {
        room.publish("a", "b");

        Reading reading = room.open();
        room.publish("c");

        assertThat(reading.got).extracting(Delivery::offset).containsExactly(1L, 2L, 3L);
        assertThat(reading.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void answersAConfirmationOnlyWhenItIsDurable() {
        room.publish("a", "b");
        Reading reading = room.open();
        room.engine.appends().shut();

        var confirmed = reading.instance.confirm(1).toCompletableFuture();
        room.loop.run();

        assertThat(confirmed).isNotDone();
        room.engine.appends().passAll();
        room.loop.run();
        assertThat(confirmed).isCompletedWithValue(Settlement.DONE);
        assertThat(room.cursor("~default")).isEqualTo(Cursor.at(1));
    }

    @Test
    void refusesToConfirmWhatWasNeverDelivered() {
        room.publish("a");
        Reading reading = room.open();

        assertThat(reading.confirm(2)).isEqualTo(Settlement.NEVER_DELIVERED);
        assertThat(reading.confirm(1)).isEqualTo(Settlement.DONE);
        assertThat(reading.confirm(1)).isEqualTo(Settlement.DONE);
    }

    @Test
    void keepsHolesAcrossARestart() {
        room.publish("a", "b", "c", "d");
        Reading one = room.open(small(2));
        Reading other = room.open(small(2));
        assertThat(one.ids()).containsExactly("a", "b");
        assertThat(other.ids()).containsExactly("c", "d");
        other.confirm(1);

        room.crash();

        assertThat(room.cursor("~default")).isEqualTo(new Cursor(0, Ranges.ofBounds(2, 3), Map.of()));
        assertThat(room.open().ids()).containsExactly("a", "b", "d");
    }

    @Test
    void givesWhatAnInstanceLeftToAnotherBeforeNewerEventsOfTheKey() {
        room.publish(Room.DONE, "k", "a");
        Reading one = room.open();
        Reading other = room.openQuietly(Room.opening("~default"));
        room.publish(Room.UNDONE, "k", "b");
        assertThat(one.ids()).containsExactly("a", "b");
        other.wantAll();
        assertThat(other.ids()).isEmpty();

        one.close();
        room.publish(Room.DONE, "k", "c");

        assertThat(other.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void showsEveryEventToEveryGroup() {
        room.publish("a", "b");

        Reading one = room.open(Room.opening("one"));
        Reading two = room.open(Room.opening("two"));
        one.confirm(2);

        assertThat(one.ids()).containsExactly("a", "b");
        assertThat(two.ids()).containsExactly("a", "b");
    }

    @Test
    void closesOnlyOnceWhatWasConfirmedIsDurable() {
        room.publish("a");
        Reading reading = room.open();
        room.engine.appends().shut();
        reading.instance.confirm(1);

        var closed = reading.instance.close().toCompletableFuture();
        room.loop.run();

        assertThat(closed).isNotDone();
        room.engine.appends().open();
        room.loop.run();
        assertThat(closed).isDone();
        assertThat(room.open().ids()).isEmpty();
    }

    private static Opening small(int inflight) {
        Opening all = Room.opening("~default");
        return new Opening(all.group(), all.lanes(), inflight, all.types(), all.maxDeliveries(), all.start());
    }
}
