package dev.tidings.broker.publishing;

import dev.tidings.engine.Batch;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last step of judging: the data of each event against its type's schema. Pure.
public final class Validation {
    private final List<Batch.Entry> entries;
    private final @Nullable SchemaSlot[] schemas;

    /// @param schemas for each entry the schema of its type, or null
    Validation(List<Batch.Entry> entries, @Nullable SchemaSlot[] schemas) {
        this.entries = entries;
        this.schemas = schemas;
    }

    /// How many events wait for it.
    int events() {
        return entries.size();
    }

    /// Whether it is more than a calling thread should do: much data, or a schema not yet compiled.
    boolean exceeds(long bytes) {
        long left = bytes;
        for (int i = 0; i < schemas.length; i++) {
            SchemaSlot schema = schemas[i];
            if (schema != null) {
                left -= entries.get(i).event().json().length();
                if (left < 0 || !schema.isReady()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Admits the events, or tells what is wrong with the data of each.
    Judgement judge() {
        List<Flaw> flaws = new ArrayList<>(0);
        for (int i = 0; i < schemas.length && flaws.size() < Flaw.MAX_TOLD; i++) {
            SchemaSlot schema = schemas[i];
            if (schema != null) {
                tell(i, entries.get(i).event(), schema, flaws);
            }
        }
        return flaws.isEmpty()
                ? new Judgement.Admitted(entries)
                : new Judgement.Refused(Refusal.of(
                        ErrorCode.SCHEMA_VIOLATED,
                        Reasons.eventsIn(flaws) + ": 'data' violates the schema of the type; nothing was stored",
                        flaws));
    }

    private static void tell(int index, Event event, SchemaSlot schema, List<Flaw> flaws) {
        for (DataSchema.Violation violation : schema.violations(event.data())) {
            flaws.add(new Flaw(index, event.id(), "/data" + violation.pointer(), violation.reason()));
        }
    }
}
