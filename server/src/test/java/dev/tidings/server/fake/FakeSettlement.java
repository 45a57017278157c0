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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/// Settles the dead events of one client; those at even positions only, since it cannot join ranges.
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
        long[] bounds = settled.stream()
                .flatMapToLong(one -> LongStream.of(one, one + 1))
                .toArray();
        Batch.CursorMove move = new Batch.CursorMove(
                LaneStreams.deadCursor(client),
                Partition.only(LaneStreams.dead(client)),
                new Cursor(0, Ranges.ofBounds(bounds), Map.of()));
        return engine.log()
                .append(new Batch(together.entries(), List.of(move), together.states()))
                .thenApply(_ -> true);
    }
}
