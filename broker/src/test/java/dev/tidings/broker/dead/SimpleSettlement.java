package dev.tidings.broker.dead;

import dev.tidings.broker.lanes.LaneSettlement;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Groups.MembershipListener;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.model.ClientName;
import dev.tidings.model.GroupName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/// Owns the lanes in the simplest way: keeps the settled positions of each client, and writes all of them each time.
final class SimpleSettlement implements LaneSettlement {
    private final Engine engine;
    private final Map<ClientName, NavigableSet<Long>> settled = new HashMap<>();

    SimpleSettlement(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CompletionStage<Boolean> settle(ClientName client, long position, Batch together) {
        NavigableSet<Long> positions = settled.computeIfAbsent(client, this::join);
        if (!positions.add(position)) {
            return CompletableFuture.completedStage(false);
        }
        Partition lane = Partition.only(LaneStreams.dead(client));
        CursorMove move = new CursorMove(LaneStreams.deadCursor(client), lane, cursor(positions));
        return engine.log()
                .append(new Batch(together.entries(), List.of(move), together.states()))
                .thenApply(_ -> true);
    }

    private NavigableSet<Long> join(ClientName client) {
        GroupName cursor = LaneStreams.deadCursor(client);
        engine.groups().join(cursor, Set.of(LaneStreams.dead(client)), new MembershipListener() {
            @Override
            public void assigned(Set<Partition> partitions) {}

            @Override
            public void revoked(Set<Partition> partitions) {}
        });
        return new TreeSet<>();
    }

    private static Cursor cursor(NavigableSet<Long> positions) {
        long floor = 0;
        while (positions.contains(floor)) {
            floor++;
        }
        long[] above = positions.tailSet(floor).stream()
                .mapToLong(Long::longValue)
                .filter(position -> !positions.contains(position - 1))
                .flatMap(from -> LongStream.of(from, end(positions, from)))
                .toArray();
        return new Cursor(floor, Ranges.ofBounds(above), Map.of());
    }

    private static long end(NavigableSet<Long> positions, long from) {
        long to = from;
        while (positions.contains(to)) {
            to++;
        }
        return to;
    }
}
