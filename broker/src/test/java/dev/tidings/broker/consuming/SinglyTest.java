package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.dead.DeadReason;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinglyTest {
    private final Room room = new Room();

    @Test
    void confirmsOneDeliveryAndNoOther() {
        room.publish("a", "b", "c");
        Reading reading = room.open();

        assertThat(settle(reading, 2)).isEqualTo(Settlement.DONE);
        assertThat(settle(reading, 2)).isEqualTo(Settlement.DONE);

        assertThat(room.cursor("~default")).isEqualTo(new Cursor(0, Ranges.ofBounds(1, 2), Map.of()));
        room.crash();
        assertThat(room.open().ids()).containsExactly("a", "c");
    }

    @Test
    void givesTheNextOfAKeyToWhoeverComesOnceTheFirstIsSettled() {
        room.publish(Room.DONE, "k", "a");
        room.publish(Room.DONE, "k", "b");
        Reading reading = room.open();
        assertThat(reading.ids()).containsExactly("a", "b");

        settle(reading, 1);
        settle(reading, 2);
        room.now(reading.instance.close());

        assertThat(room.open().ids()).isEmpty();
    }

    @Test
    void refusesWhatWasNeverDeliveredOrHasEnded() {
        Reading reading = room.open();
        assertThat(settle(reading, 1)).isEqualTo(Settlement.NEVER_DELIVERED);
        assertThat(giveUp(reading, 1)).isEqualTo(Settlement.NEVER_DELIVERED);

        room.now(reading.instance.close());

        assertThat(settle(reading, 1)).isEqualTo(Settlement.ENDED);
        assertThat(giveUp(reading, 1)).isEqualTo(Settlement.ENDED);
    }

    @Test
    void givesAnEventUpWithWhatWentWrong() {
        room.publish("a", "b");
        Reading reading = room.open();

        assertThat(giveUp(reading, 1)).isEqualTo(Settlement.DONE);

        assertThat(dead()).singleElement().satisfies(envelope -> {
            assertThat(envelope.report().reason()).isEqualTo(DeadReason.UNDELIVERABLE);
            assertThat(envelope.report().detail()).isEqualTo("answered 400");
            assertThat(envelope.report().attempts()).isOne();
            assertThat(envelope.matched()).isTrue();
            assertThat(envelope.changed()).isFalse();
        });
        room.crash();
        assertThat(room.open().ids()).containsExactly("b");
    }

    @Test
    void holdsAnEventAgainWhoseGivingUpCouldNotBeStored() {
        room.publish("a");
        Reading reading = room.open();
        room.engine.appends().shut();
        var failed = reading.instance.singly().giveUp(1, "answered 400").toCompletableFuture();
        room.loop.run();
        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.engine.appends().open();
        room.loop.run();
        assertThat(failed).isCompletedExceptionally();

        var again = reading.instance.singly().giveUp(1, "answered 400").toCompletableFuture();
        room.loop.advance(Room.CONFIG.lastRetry());

        assertThat(again).isCompletedWithValue(Settlement.DONE);
        assertThat(dead()).hasSize(1);
    }

    private Settlement settle(Reading reading, long offset) {
        return room.now(reading.instance.singly().settle(offset));
    }

    private Settlement giveUp(Reading reading, long offset) {
        return room.now(reading.instance.singly().giveUp(offset, "answered 400"));
    }

    private List<DeadEnvelope> dead() {
        var reader = room.engine.log().reader(Partition.only(LaneStreams.dead(Room.READER)), TypeSelection.ALL);
        return room.now(reader.read(0, 1 << 20)).events().stream()
                .map(DeadEnvelope::of)
                .toList();
    }
}
