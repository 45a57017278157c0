package dev.tidings.broker.dead;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.ClientName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One search through the lanes of dead events, lane by lane, slice by slice, each read begun when the last has
/// completed; it ends when the page is full or enough was searched. The stack grows with each read that completes
/// at once: their number is bounded by the configuration.
final class DeadSearch {
    private static final int SLICE = 256 * 1024;

    private final Engine engine;
    private final DeadFilter filter;
    private final int limit;
    private final List<DeadEvent> found = new ArrayList<>();
    private final Iterator<ClientName> lanes;
    private final @Nullable DeadId from;
    private long bytesLeft;
    private int lanesLeft;

    DeadSearch(Engine engine, DeadConfig config, Query query) {
        this.engine = engine;
        this.filter = query.filter;
        this.from = query.from;
        this.limit = Math.min(query.limit, config.page());
        this.lanes = lanes().iterator();
        this.bytesLeft = config.search().bytes();
        this.lanesLeft = config.lanes();
    }

    /// @param from  where to begin; null: at the first
    /// @param limit how many events are enough
    record Query(DeadFilter filter, @Nullable DeadId from, int limit) {}

    /// To be called once.
    CompletionStage<DeadPage> run() {
        return nextLane();
    }

    private List<ClientName> lanes() {
        return engine.log().streams().stream()
                .flatMap(stream -> LaneStreams.clientOfDead(stream).stream())
                .filter(client -> filter.includes(client) && (from == null || client.compareTo(from.client()) >= 0))
                .sorted()
                .toList();
    }

    private CompletionStage<DeadPage> nextLane() {
        if (!lanes.hasNext()) {
            return page(null);
        }
        ClientName client = lanes.next();
        if (lanesLeft-- == 0) {
            return page(new DeadId(client, 0));
        }
        return start(client).thenCompose(position -> read(new DeadId(client, position)));
    }

    private CompletionStage<Long> start(ClientName client) {
        if (from != null && from.client().equals(client)) {
            return CompletableFuture.completedStage(from.position());
        }
        Partition lane = Partition.only(LaneStreams.dead(client));
        long floor = cursor(client).floor();
        Instant time = filter.from();
        return time == null
                ? CompletableFuture.completedStage(floor)
                : engine.log().positionAt(lane, time).thenApply(position -> Math.max(position, floor));
    }

    private CompletionStage<DeadPage> read(DeadId at) {
        if (bytesLeft <= 0) {
            return page(at);
        }
        Partition lane = Partition.only(LaneStreams.dead(at.client()));
        EventReader reader = engine.log().reader(lane, filter.types());
        return reader.read(at.position(), SLICE)
                .whenComplete((_, _) -> reader.close())
                .thenCompose(slice -> take(at.client(), slice));
    }

    private CompletionStage<DeadPage> take(ClientName client, Slice slice) {
        Cursor cursor = cursor(client);
        for (StoredEvent stored : slice.events()) {
            DeadId id = new DeadId(client, stored.position());
            if (found.size() == limit) {
                return page(id);
            }
            bytesLeft -= stored.json().length();
            if (!cursor.isSettled(stored.position())) {
                add(id, stored);
            }
        }
        return slice.atEnd() ? nextLane() : read(new DeadId(client, slice.next()));
    }

    private void add(DeadId id, StoredEvent stored) {
        DeadEvent event = new DeadEvent(id, Instant.ofEpochMilli(stored.acceptedMillis()), DeadEnvelope.of(stored));
        if (filter.includes(event)) {
            found.add(event);
        }
    }

    private Cursor cursor(ClientName client) {
        Partition lane = Partition.only(LaneStreams.dead(client));
        return engine.groups().cursors(LaneStreams.deadCursor(client)).getOrDefault(lane, Cursor.at(0));
    }

    private CompletionStage<DeadPage> page(@Nullable DeadId next) {
        return CompletableFuture.completedStage(new DeadPage(found, next));
    }
}
