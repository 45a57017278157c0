package dev.tidings.sim;

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
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// An engine that does something else than it was asked to.
record BentEngine(Engine engine, Bend bend) implements Engine {
    /// What it does else; all that is not overridden it does as it should.
    interface Bend {
        default CompletionStage<Appended> append(EventLog log, Batch batch) {
            return log.append(batch);
        }

        /// What is told instead of what was read.
        default Slice read(Slice slice) {
            return slice;
        }

        /// By what rules it removes instead of those.
        default RetentionRules retain(RetentionRules rules) {
            return rules;
        }
    }

    @Override
    public EventLog log() {
        return new BentLog(engine.log(), bend);
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

    private record BentLog(EventLog log, Bend bend) implements EventLog {
        @Override
        public CompletionStage<Appended> append(Batch batch) {
            return bend.append(log, batch);
        }

        @Override
        public EventReader reader(Partition partition, TypeSelection types) {
            EventReader reader = log.reader(partition, types);
            return new EventReader() {
                @Override
                public CompletionStage<Slice> read(long from, int maxBytes) {
                    return reader.read(from, maxBytes).thenApply(bend::read);
                }

                @Override
                public CompletionStage<Slice> search(long from, int maxBytes, int maxScanned) {
                    return reader.search(from, maxBytes, maxScanned).thenApply(bend::read);
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
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
            log.retain(bend.retain(rules));
        }

        @Override
        public Duration sweep() {
            return log.sweep();
        }
    }
}
