package dev.tidings.server.fake;

import dev.tidings.broker.lanes.LaneSettlement;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Groups.MembershipListener;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.model.ClientName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/// Settles the dead events of one client.
public final class FakeSettlement implements LaneSettlement {
    private final Engine engine;
    private final TreeSet<Long> settled = new TreeSet<>();

    public FakeSettlement(Engine engine, ClientName client) {
        this.engine = engine;
        engine.groups()
                .join(LaneStreams.deadCursor(client), Set.of(LaneStreams.dead(client)), new MembershipListener() {
                    @Override
                    public void assigned(Set<Partition> partitions) {}

                    @Override
                    public void revoked(Set<Partition> partitions) {}
                });
    }

    @Override
    public CompletionStage<Boolean> settle(ClientName client, long position, Batch together) {
        if (!settled.add(position)) {
            return CompletableFuture.completedStage(false);
        }
        Batch.CursorMove move = new Batch.CursorMove(
                LaneStreams.deadCursor(client), Partition.only(LaneStreams.dead(client)), cursor());
        return engine.log()
                .append(new Batch(together.entries(), List.of(move), together.states()))
                .thenApply(_ -> true);
    }

    /// Each bound is where being settled begins or ends.
    private Cursor cursor() {
        long[] bounds = settled.stream()
                .flatMapToLong(one -> LongStream.of(one, one + 1))
                .filter(bound -> settled.contains(bound) != settled.contains(bound - 1))
                .toArray();
        boolean fromStart = bounds[0] == 0;
        long[] above = fromStart ? Arrays.copyOfRange(bounds, 2, bounds.length) : bounds;
        return new Cursor(fromStart ? bounds[1] : 0, Ranges.ofBounds(above), Map.of());
    }
}
