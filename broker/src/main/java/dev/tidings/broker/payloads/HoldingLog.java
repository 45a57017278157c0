package dev.tidings.broker.payloads;

import dev.tidings.broker.payloads.PayloadTable.Reference;
import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The log that the rooms of the broker append to: whatever event comes in (produced, dead, given back), the payload
/// that it refers to is kept from the very append on. All else goes straight through.
record HoldingLog(EventLog log, PayloadTable table) implements EventLog {
    @Override
    public CompletionStage<Appended> append(Batch batch) {
        List<Reference> references = new ArrayList<>(0);
        for (Batch.Entry entry : batch.entries()) {
            String reference = entry.event().dataRef();
            PayloadId id = reference == null ? null : PayloadId.inReference(reference);
            if (id != null) {
                references.add(new Reference(id, entry.stream()));
            }
        }
        return references.isEmpty() ? log.append(batch) : table.append(batch, references);
    }

    @Override
    public EventReader reader(Partition partition, TypeSelection types) {
        return log.reader(partition, types);
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
