package dev.tidings.engine.testkit;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Appended.Place;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Slice;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.Unavailable.Effect;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The log of a [MemoryEngine].
final class MemoryLog implements EventLog {
    private final MemoryStore store;
    private final MemoryGroups groups;
    private final InstantSource clock;
    private final MemoryEngine.Gates gates;
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable RetentionRules rules;
    private volatile boolean closed;

    MemoryLog(MemoryStore store, MemoryGroups groups, InstantSource clock, MemoryEngine.Gates gates) {
        this.store = store;
        this.groups = groups;
        this.clock = clock;
        this.gates = gates;
    }

    @Override
    public CompletionStage<Appended> append(Batch batch) {
        return closed
                ? CompletableFuture.failedStage(closed())
                : gates.appends().through(() -> apply(batch));
    }

    private Appended apply(Batch batch) {
        for (Batch.CursorMove move : batch.cursors()) {
            if (!groups.holds(move.group(), move.partition())) {
                throw new Unavailable(
                        "no member of %s holds %s".formatted(move.group(), move.partition()),
                        Effect.NONE,
                        Duration.ofSeconds(1));
            }
        }
        for (GroupName forgotten : batch.forgotten()) {
            if (groups.hasMembers(forgotten)) {
                throw new Unavailable(forgotten + " has members", Effect.NONE, Duration.ofSeconds(1));
            }
        }
        Appended appended = store.apply(batch, clock.instant());
        tell(appended);
        return appended;
    }

    private void tell(Appended appended) {
        Map<Partition, Long> ends = new TreeMap<>();
        for (Place place : appended.places()) {
            if (place instanceof Place.Stored(Partition partition, long position)) {
                ends.put(partition, position + 1);
            }
        }
        if (!ends.isEmpty()) {
            listeners.forEach(listener -> listener.appended(Map.copyOf(ends)));
        }
    }

    @Override
    public EventReader reader(Partition partition, TypeSelection types) {
        return new Reader(partition, types);
    }

    @Override
    public Collection<StreamName> streams() {
        return store.streams();
    }

    @Override
    public Set<Partition> partitions(StreamName stream) {
        return Set.of(Partition.only(stream));
    }

    @Override
    public Extent extent(Partition partition) {
        return store.extent(partition);
    }

    @Override
    public CompletionStage<Long> positionAt(Partition partition, Instant time) {
        return gates.reads().through(() -> store.positionAt(partition, time));
    }

    @Override
    public void onAppend(AppendListener listener) {
        listeners.add(listener);
    }

    @Override
    public void retain(RetentionRules newRules) {
        rules = newRules;
    }

    @Override
    public Duration sweep() {
        RetentionRules known = rules;
        if (known != null) {
            store.sweep(known, clock.instant());
        }
        return Duration.ZERO;
    }

    void close() {
        closed = true;
    }

    private static Unavailable closed() {
        return new Unavailable("the store is closed", Effect.NONE, Duration.ofSeconds(1));
    }

    private final class Reader implements EventReader {
        private final Partition partition;
        private final TypeSelection types;

        Reader(Partition partition, TypeSelection types) {
            this.partition = partition;
            this.types = types;
        }

        @Override
        public CompletionStage<Slice> read(long from, int maxBytes) {
            return gates.reads().through(() -> store.read(partition, from, maxBytes, types));
        }

        @Override
        public CompletionStage<Slice> search(long from, int maxBytes, int maxScanned) {
            return read(from, maxBytes);
        }

        @Override
        public void close() {}
    }
}
