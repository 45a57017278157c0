package dev.tidings.sim.node;

import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.ForwardingLog;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// A log over whose shoulder somebody looks: whatever is read from it, the onlooker has seen before anybody else.
final class WatchedLog extends ForwardingLog {
    private final Onlooker onlooker;

    /// Sees what is read, and where the partition begins then.
    @FunctionalInterface
    interface Onlooker {
        void read(Partition partition, long first, List<StoredEvent> events);
    }

    WatchedLog(EventLog log, Onlooker onlooker) {
        super(log);
        this.onlooker = onlooker;
    }

    @Override
    public EventReader reader(Partition partition, TypeSelection types) {
        return new WatchedReader(log, log.reader(partition, types), partition, onlooker);
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
