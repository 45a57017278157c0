package dev.tidings.broker.payloads;

import dev.tidings.broker.payloads.PayloadTable.Reference;
import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.ForwardingLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The log that the rooms of the broker append to: whatever event comes in (produced, dead, given back), the payload
/// that it refers to is kept from the very append on.
final class HoldingLog extends ForwardingLog {
    private final PayloadTable table;

    HoldingLog(EventLog log, PayloadTable table) {
        super(log);
        this.table = table;
    }

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
}
