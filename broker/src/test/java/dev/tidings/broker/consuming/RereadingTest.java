package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events that wait for their key and whose payload is not kept: it is read again when their turn comes, one event a
/// read.
class RereadingTest {
    private final Room room = new Room(keepingNothing());
    private Reading holder;

    @BeforeEach
    void waitForTheHolder() {
        holder = room.open(new Opening("~default", Set.of(Lane.EVENTS), 1, null, null, new Opening.Start.Earliest()));
        for (int i = 0; i < 5; i++) {
            room.publish(Room.DONE, "k", "k" + i);
        }
        assertThat(holder.ids()).containsExactly("k0");
    }

    @Test
    void handsOnTheBytesOfTheEventAlone() {
        Reading other = room.open();
        holder.close();

        assertThat(other.got)
                .hasSize(5)
                .allSatisfy(delivery -> assertThat(delivery.json().array())
                        .hasSize(delivery.json().length()));
        assertThat(other.ids()).containsExactly("k0", "k1", "k2", "k3", "k4");
    }

    @Test
    void readsNothingForAnInstanceThatHasEnded() {
        Reading keeper = room.openQuietly(Room.opening("~default"));
        Reading other = room.open();
        room.engine.reads().shut();
        holder.close();
        assertThat(room.engine.reads().waiting()).isOne();
        other.close();
        assertThat(attempts()).as("nothing had been handed to the other").isEqualTo(Map.of(0L, 1));

        room.engine.reads().pass();
        room.loop.run();
        assertThat(room.engine.reads().waiting()).isZero();

        room.engine.reads().open();
        keeper.wantAll();
        assertThat(keeper.ids()).containsExactly("k0", "k1", "k2", "k3", "k4");
    }

    @Test
    void comesToAnEndThoughTheStreamOfWhatWasGivenUpIsTakenAway() {
        EventType elsewhere = new EventType("Org.Other.Thing.Done");
        room.grant(Map.of(Room.DONE, Room.everything(), elsewhere, Room.everything()));
        room.publish(elsewhere, "k", "a");
        Reading reading = room.open(Room.opening("g"));
        long offset = 1L + reading.ids().indexOf("a");
        room.engine.reads().shut();

        var givenUp = reading.instance.singly().giveUp(offset, "answered 400").toCompletableFuture();
        room.loop.run();
        room.grant(Map.of(Room.DONE, Room.everything()));
        var closed = reading.instance.close().toCompletableFuture();
        room.loop.run();

        assertThat(givenUp).isCompleted();
        assertThat(closed).isCompleted();
    }

    @Test
    void countsNoDeliveryOfWhatWasStillOnItsWayWhenTheTimeOfAnEarlierOnePassed() {
        Reading slow = room.open(timed());
        room.engine.reads().shut();
        holder.close();
        room.engine.reads().pass();
        room.loop.run();
        assertThat(slow.ids()).containsExactly("k0");

        room.loop.advance(Duration.ofMinutes(2));
        room.engine.reads().open();
        room.loop.run();

        assertThat(slow.ids()).containsExactly("k0", "k1", "k2", "k3", "k4");
        assertThat(attempts()).isEqualTo(Map.of(0L, 2));
    }

    private Map<Long, Integer> attempts() {
        return room.cursor("~default").attempts();
    }

    private static Opening timed() {
        return new Opening(
                "~default",
                Set.of(Lane.EVENTS),
                null,
                null,
                null,
                new Opening.Start.Earliest(),
                new Opening.Patience(null, Duration.ofMinutes(1)));
    }

    private static ConsumingConfig keepingNothing() {
        ConsumingConfig usual = ConsumingConfig.DEFAULT;
        return new ConsumingConfig(
                usual.inflight(),
                usual.mostInflight(),
                usual.instances(),
                usual.groups(),
                usual.waiting(),
                1,
                new DataSize(0),
                usual.unsettled(),
                usual.firstRetry(),
                usual.lastRetry(),
                usual.testAge(),
                usual.deadAge());
    }
}
