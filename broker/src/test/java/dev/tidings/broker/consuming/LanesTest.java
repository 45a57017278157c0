package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Room room = new Room();

    @Test
    void offerEachTestEventToEveryInstanceThatAsks() {
        Reading one = room.open(Room.opening(Lane.TEST, Lane.EVENTS));
        Reading other = room.open(Room.opening(Lane.TEST));
        Reading third = room.open(Room.opening(Lane.EVENTS));

        room.publishTest("t");

        assertThat(one.got).extracting(Delivery::lane).containsExactly(Lane.TEST);
        assertThat(one.ids()).containsExactly("t");
        assertThat(other.ids()).containsExactly("t");
        assertThat(third.ids()).isEmpty();
    }

    @Test
    void offerToInstancesOpenedLaterUntilOneConfirms() {
        room.publishTest("t");
        Reading one = room.open(Room.opening(Lane.TEST));
        Reading later = room.open(Room.opening(Lane.TEST));
        assertThat(later.ids()).containsExactly("t");

        one.confirm(1);

        assertThat(room.open(Room.opening(Lane.TEST)).ids()).isEmpty();
        assertThat(later.confirm(1)).isEqualTo(Settlement.DONE);
        room.crash();
        assertThat(room.open(Room.opening(Lane.TEST)).ids()).isEmpty();
    }

    @Test
    void offerAgainAfterACrashWhatNobodyConfirmed() {
        room.publishTest("t");
        room.publishTest("u");
        Reading reading = room.open(Room.opening(Lane.TEST));
        reading.confirm(1);
        reading.close();

        room.crash();

        assertThat(room.open(Room.opening(Lane.TEST)).ids()).containsExactly("u");
    }

    @Test
    void numberEventsOfAllLanesInOneSequence() {
        Reading reading = room.open(Room.opening(Lane.TEST, Lane.EVENTS));

        room.publish("a");
        room.publishTest("t");
        room.publish("b");

        assertThat(reading.got).extracting(Delivery::offset).containsExactly(1L, 2L, 3L);
        assertThat(reading.ids()).containsExactly("a", "t", "b");
        reading.confirm(3);
        assertThat(room.cursor("~default").floor()).isEqualTo(2);
        assertThat(laneCursor()).isEqualTo(Cursor.at(1));
    }

    @Test
    void offerTestEventsForAnHour() {
        room.publishTest("t");
        room.clock.advance(Duration.ofMinutes(30));
        room.publishTest("u");
        room.clock.advance(Duration.ofMinutes(31));

        assertThat(room.open(Room.opening(Lane.TEST)).ids()).containsExactly("u");
    }

    @Test
    void offerAgainToTheSameInstanceWhatItDidNotRead() {
        room.publishTest("t");
        Reading reading = room.openQuietly(Room.opening(Lane.TEST));
        assertThat(reading.poll(1)).containsExactly("t");

        reading.instance.unread(1);

        assertThat(reading.poll(1)).containsExactly("t");
    }

    @Test
    void deliverDeadEventsAsReported() {
        room.publish("a");
        Reading reading = room.open();
        reading.dead(1, "a");

        Reading dead = room.open(Room.opening(Lane.DEAD));

        assertThat(dead.got).extracting(Delivery::lane).containsExactly(Lane.DEAD);
        assertThat(dead.got.getFirst().json().toUtf8()).isEqualTo("{\"id\":\"a\",\"mended\":true}");
        dead.confirm(1);
        room.crash();
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).isEmpty();
    }

    @Test
    void doNotStopWhereTheConsumerGrantsAsMuchAsItGotOfDeadEvents() {
        Reading reading = room.open();
        for (int i = 1; i <= 50; i++) {
            room.publish("e" + i);
            reading.dead(i, "e" + i);
        }
        Reading dead = room.openQuietly(Room.opening(Lane.DEAD));
        dead.instance.grant(1_000);
        room.loop.run();

        int delivered = 0;
        while (!dead.got.isEmpty()) {
            int bytes = dead.got.stream().mapToInt(one -> one.json().length()).sum();
            delivered += dead.ids().size();
            dead.instance.grant(bytes);
            room.loop.run();
        }

        assertThat(delivered).isEqualTo(50);
    }

    @Test
    void keepAReportOfADeadEventAsANewDeadEvent() {
        room.publish("a");
        room.open().dead(1, "a");
        Reading dead = room.open(Room.opening(Lane.DEAD));

        assertThat(dead.dead(1, "again")).isEqualTo(Settlement.DONE);

        assertThat(dead.ids()).containsExactly("a", "again");
        dead.close();
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("again");
    }

    @Test
    void settleATestEventThatIsReportedDead() {
        room.publishTest("t");
        Reading reading = room.open(Room.opening(Lane.TEST));

        assertThat(reading.dead(1, "t")).isEqualTo(Settlement.DONE);

        assertThat(room.open(Room.opening(Lane.TEST)).ids()).isEmpty();
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("t");
    }

    @Test
    void letOthersSettleADeadEventTogetherWithSomethingElse() {
        room.publish("a", "b");
        Reading reading = room.open();
        reading.dead(1, "a");
        reading.dead(2, "b");

        assertThat(room.now(room.consuming.settle(Room.READER, 0, row("done")))).isTrue();
        assertThat(room.now(room.consuming.settle(Room.READER, 0, row("twice"))))
                .isFalse();

        assertThat(room.engine.states().rows("test")).containsOnlyKeys("done");
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("b");
        room.crash();
        assertThat(room.now(room.consuming.settle(Room.READER, 0, row("thrice"))))
                .isFalse();
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("b");
    }

    @Test
    void settleNothingWhereThatCantBeStored() {
        room.publish("a");
        room.open().dead(1, "a");
        room.engine.appends().shut();
        var settled = room.consuming.settle(Room.READER, 0, row("x")).toCompletableFuture();
        room.loop.run();

        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.engine.appends().open();
        room.loop.advance(Duration.ofMinutes(1));

        assertThat(settled).isCompletedExceptionally();
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("a");
    }

    private static Batch row(String key) {
        return Batch.ofStates(List.of(new Batch.StateChange.Put("test", key, Bytes.utf8("x"))));
    }

    private Cursor laneCursor() {
        return room.engine
                .groups()
                .cursors(LaneStreams.testCursor(Room.READER))
                .get(Partition.only(LaneStreams.test(Room.READER)));
    }
}
