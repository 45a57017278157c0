package dev.tidings.sim;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.ForwardingLog;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Slice;
import dev.tidings.engine.TypeSelection;
import java.util.concurrent.CompletionStage;

/// A log that does something else than it was asked to.
final class BentLog extends ForwardingLog {
    private final Bend bend;

    /// What it does else; all that is not overridden it does as it should.
    interface Bend {
        default CompletionStage<Appended> append(EventLog log, Batch batch) {
            return log.append(batch);
        }

        /// What groups are told instead of what was read.
        default Slice read(Slice slice) {
            return slice;
        }

        /// What readers of streams are told instead of what was read.
        default Slice search(Slice slice) {
            return slice;
        }

        /// By what rules it removes instead of those.
        default RetentionRules retain(RetentionRules rules) {
            return rules;
        }
    }

    BentLog(EventLog log, Bend bend) {
        super(log);
        this.bend = bend;
    }

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
                return reader.search(from, maxBytes, maxScanned).thenApply(bend::search);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public void retain(RetentionRules rules) {
        log.retain(bend.retain(rules));
    }
}
