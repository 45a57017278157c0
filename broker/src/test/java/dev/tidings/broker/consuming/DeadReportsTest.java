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
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadReportsTest {
    private final Room room = new Room();

    @Test
    void settleTheirEventAloneAndKeepBothVersions() {
        room.publish("a", "b");
        Reading reading = room.open();

        assertThat(reading.dead(2, "b")).isEqualTo(Settlement.DONE);

        assertThat(room.cursor("~default")).isEqualTo(new Cursor(0, Ranges.ofBounds(1, 2), Map.of()));
        DeadEnvelope envelope = dead().getFirst();
        assertThat(envelope.report().reason()).isEqualTo(DeadReason.REPORTED);
        assertThat(envelope.report().attempts()).isOne();
        assertThat(envelope.original().position()).isOne();
        assertThat(envelope.delivered().toUtf8()).contains("mended");
        room.crash();
        assertThat(room.open().ids()).containsExactly("a");
    }

    @Test
    void areStoredOnceHoweverOftenTheyAreSent() {
        room.publish("a");
        Reading reading = room.open();

        reading.dead(1, "a");

        assertThat(reading.dead(1, "a")).isEqualTo(Settlement.DONE);
        assertThat(dead()).hasSize(1);
    }

    @Test
    void areKeptThoughTheGroupLostTheStreamMeanwhile() {
        room.publish("a");
        Reading reading = room.open();
        room.grant(Map.of(Room.ELSE, Room.everything()));

        assertThat(reading.dead(1, "a")).isEqualTo(Settlement.UNMATCHED);

        assertThat(dead())
                .singleElement()
                .satisfies(report -> assertThat(report.matched()).isFalse());
    }

    @Test
    void areNotTakenForStoredAgainThoughTheGroupLostTheStreamMeanwhile() {
        room.publish("a");
        Reading reading = room.open();
        room.grant(Map.of(Room.ELSE, Room.everything()));
        room.engine.appends().shut();
        var failed = reading.instance.dead(Reading.report(1L, "a")).toCompletableFuture();
        room.loop.run();
        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.engine.appends().open();
        room.loop.run();
        assertThat(failed).isCompletedExceptionally();

        assertThat(reading.dead(1, "a")).isEqualTo(Settlement.UNMATCHED);
    }

    @Test
    void areCountedForTheirGroup() {
        room.publish("a", "b");
        Reading reading = room.open();

        reading.dead(1, "a");

        assertThat(room.now(room.consuming.statuses()))
                .singleElement()
                .extracting(GroupStatus::dead)
                .isEqualTo(1L);
    }

    @Test
    void ofWhatWasNeverDeliveredAreRefused() {
        Reading reading = room.open();

        assertThat(reading.dead(1, "a")).isEqualTo(Settlement.NEVER_DELIVERED);
        assertThat(dead()).isEmpty();
    }

    @Test
    void ofWhatIsConfirmedAreKeptUnmatched() {
        room.publish("a");
        Reading reading = room.open();
        reading.confirm(1);

        assertThat(reading.dead(1, "a")).isEqualTo(Settlement.UNMATCHED);

        assertThat(dead()).hasSize(1).noneMatch(DeadEnvelope::matched);
    }

    @Test
    void withoutAnOffsetFindTheOldestUnconfirmedOfThatName() {
        room.publish("x", "a", "a");
        Reading reading = room.open();
        reading.confirm(1);

        assertThat(deadByName(reading, "a")).isEqualTo(Settlement.DONE);

        assertThat(dead().getFirst().original().position()).isOne();
        assertThat(deadByName(reading, "a")).isEqualTo(Settlement.DONE);
        assertThat(deadByName(reading, "a")).isEqualTo(Settlement.UNMATCHED);
        assertThat(dead()).hasSize(3);
    }

    @Test
    void withoutAnOffsetDoNotFindWhatIsConfirmed() {
        room.publish("a");
        Reading reading = room.open();
        reading.confirm(1);

        assertThat(deadByName(reading, "a")).isEqualTo(Settlement.UNMATCHED);
    }

    @Test
    void holdTheirKeyUntilTheyAreStored() {
        room.publish(Room.DONE, "k", "a");
        Reading one = room.open(window(1));
        room.engine.appends().shut();
        var reported = one.instance.dead(Reading.report(1L, "a")).toCompletableFuture();
        room.loop.run();
        one.instance.close();
        Reading other = room.open();
        room.engine.appends().open();
        room.engine.appends().shut();
        room.loop.run();
        assertThat(reported).isDone();
        room.publish(Room.DONE, "k", "b");

        room.engine.appends().open();
        room.loop.run();

        assertThat(other.ids()).containsExactly("b");
    }

    @Test
    void thatCantBeStoredLeaveTheirEventWithItsInstance() {
        room.publish(Room.DONE, "k", "a");
        Reading reading = room.open();
        room.engine.appends().shut();
        var reported = reading.instance.dead(Reading.report(1L, "a")).toCompletableFuture();
        room.loop.run();

        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.engine.appends().open();
        room.loop.run();

        assertThat(reported).isCompletedExceptionally();
        room.loop.advance(Duration.ofSeconds(10));
        assertThat(room.cursor("~default").floor()).isZero();
        assertThat(reading.dead(1, "a")).isEqualTo(Settlement.DONE);
        assertThat(dead()).hasSize(1);
    }

    @Test
    void thatCantBeStoredGiveTheirEventBackWhereItsInstanceIsGone() {
        room.publish(Room.DONE, "k", "a");
        Reading reading = room.open();
        Reading other = room.openQuietly(Room.opening("~default"));
        room.engine.appends().shut();
        reading.instance.dead(Reading.report(1L, "a"));
        room.loop.run();
        reading.instance.close();
        room.loop.run();

        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.engine.appends().open();
        other.wantAll();

        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void areMadeForEventsThatHaveUsedUpTheirDeliveries() {
        room.publish(Room.DONE, "k", "a");
        room.publish(Room.DONE, "k", "b");
        Opening twice = new Opening("two", Set.of(Lane.EVENTS), 1, null, 2, new Opening.Start.Earliest());
        for (int i = 0; i < 2; i++) {
            Reading reading = room.open(twice);
            assertThat(reading.ids()).containsExactly("a");
            reading.close();
            room.crash();
        }

        assertThat(room.open(twice).ids()).containsExactly("b");

        DeadEnvelope envelope = dead().getFirst();
        assertThat(envelope.report().reason()).isEqualTo(DeadReason.MAX_DELIVERIES);
        assertThat(envelope.report().attempts()).isEqualTo(2);
        assertThat(envelope.changed()).isFalse();
    }

    @Test
    void ofUsedUpEventsAreTriedAgainUntilTheyAreStored() {
        room.publish("a");
        Opening once = new Opening("one", Set.of(Lane.EVENTS), null, null, 1, new Opening.Start.Earliest());
        Reading reading = room.open(once);
        room.engine.appends().shut();
        reading.instance.close();
        room.loop.run();
        for (int i = 0; i < 3; i++) {
            room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
            room.loop.advance(Duration.ofSeconds(10));
        }

        room.engine.appends().open();
        room.loop.advance(Duration.ofSeconds(10));

        assertThat(dead()).hasSize(1);
        assertThat(room.open(once).ids()).isEmpty();
    }

    private Settlement deadByName(Reading reading, String id) {
        return room.now(reading.instance.dead(Reading.report(null, id)));
    }

    private List<DeadEnvelope> dead() {
        var reader = room.engine.log().reader(Partition.only(LaneStreams.dead(Room.READER)), TypeSelection.ALL);
        return room.now(reader.read(0, 1 << 20)).events().stream()
                .map(DeadEnvelope::of)
                .toList();
    }

    private static Opening window(int inflight) {
        return new Opening("~default", Set.of(Lane.EVENTS), inflight, null, null, new Opening.Start.Earliest());
    }
}
