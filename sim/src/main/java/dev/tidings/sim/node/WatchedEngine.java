package dev.tidings.sim.node;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineStatus;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Groups;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StateTables;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// An engine over whose shoulder somebody looks: whatever is read from it, the onlooker has seen before anybody else.
record WatchedEngine(Engine engine, Onlooker onlooker) implements Engine {
    /// Sees what is read, and where the partition begins then.
    @FunctionalInterface
    interface Onlooker {
        void read(Partition partition, long first, List<StoredEvent> events);
    }

    @Override
    public EventLog log() {
        return new WatchedLog(engine.log(), onlooker);
    }

    @Override
    public Groups groups() {
        return engine.groups();
    }

    @Override
    public StateTables states() {
        return engine.states();
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public void close() {
        engine.close();
    }

    private record WatchedLog(EventLog log, Onlooker onlooker) implements EventLog {
        @Override
        public CompletionStage<Appended> append(Batch batch) {
            return log.append(batch);
        }

        @Override
        public EventReader reader(Partition partition, TypeSelection types) {
            return new WatchedReader(log, log.reader(partition, types), partition, onlooker);
        }

        @Override
        public Collection<StreamName> streams() {
            return log.streams();
        }

        @Override
        public Set<Partition> partitions(StreamName stream) {
            return log.partitions(stream);
        }

        @Override
        public Extent extent(Partition partition) {
            return log.extent(partition);
        }

        @Override
        public CompletionStage<Long> positionAt(Partition partition, Instant time) {
            return log.positionAt(partition, time);
        }

        @Override
        public void onAppend(AppendListener listener) {
            log.onAppend(listener);
        }

        @Override
        public void retain(RetentionRules rules) {
            log.retain(rules);
        }

        @Override
        public Duration sweep() {
            return log.sweep();
        }
    }

    private record WatchedReader(EventLog log, EventReader reader, Partition partition, Onlooker onlooker)
            implements EventReader {
        @Override
        public CompletionStage<Slice> read(long from, int maxBytes) {
            return reader.read(from, maxBytes).thenApply(this::watched);
        }

        @Override
        public CompletionStage<Slice> search(long from, int maxBytes, int maxScanned) {
            return reader.search(from, maxBytes, maxScanned).thenApply(this::watched);
        }

        private Slice watched(Slice slice) {
            onlooker.read(partition, log.extent(partition).first(), slice.events());
            return slice;
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
