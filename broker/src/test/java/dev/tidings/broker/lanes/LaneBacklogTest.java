package dev.tidings.broker.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Groups.MembershipListener;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneBacklogTest {
    private static final ClientName CLINIC = new ClientName("clinic");
    private static final ClientName BANK = new ClientName("bank");

    private final MemoryEngine engine = new MemoryEngine(new HandClock());

    @Test
    void isWhatNobodyHasSettled() {
        store(LaneStreams.dead(CLINIC), 10);
        store(LaneStreams.test(CLINIC), 2);
        store(LaneStreams.dead(BANK), 1);
        store(new StreamName("Acme.Shop"), 7);
        settle(
                LaneStreams.deadCursor(CLINIC),
                LaneStreams.dead(CLINIC),
                new Cursor(2, Ranges.ofBounds(3, 5, 8, 9), Map.of()));

        assertThat(LaneBacklog.all(engine))
                .containsExactlyInAnyOrder(
                        new LaneBacklog(CLINIC, Lane.DEAD, 5),
                        new LaneBacklog(CLINIC, Lane.TEST, 2),
                        new LaneBacklog(BANK, Lane.DEAD, 1));
    }

    @Test
    void isNothingWhereAllIsSettled() {
        store(LaneStreams.dead(CLINIC), 3);
        settle(LaneStreams.deadCursor(CLINIC), LaneStreams.dead(CLINIC), Cursor.at(3));

        assertThat(LaneBacklog.all(engine)).containsExactly(new LaneBacklog(CLINIC, Lane.DEAD, 0));
    }

    private void store(StreamName stream, int count) {
        append(Batch.ofEntries(IntStream.range(0, count)
                .mapToObj(i -> new Batch.Entry(stream, event(Integer.toString(i)), Duration.ZERO))
                .toList()));
    }

    private void settle(GroupName group, StreamName stream, Cursor cursor) {
        try (var _ = engine.groups().join(group, Set.of(stream), new Indifferent())) {
            append(Batch.ofCursors(List.of(new CursorMove(group, Partition.only(stream), cursor))));
        }
    }

    private void append(Batch batch) {
        engine.log().append(batch).toCompletableFuture().join();
    }

    private static Event event(String id) {
        return new Event(id, "s", new EventType("a.b.c"), null, null, new Event.Data.None(), Bytes.utf8("{}"));
    }

    private static final class Indifferent implements MembershipListener {
        @Override
        public void assigned(Set<Partition> partitions) {}

        @Override
        public void revoked(Set<Partition> partitions) {}
    }
}
