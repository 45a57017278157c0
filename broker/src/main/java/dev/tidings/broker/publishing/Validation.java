package dev.tidings.broker.publishing;

import dev.tidings.engine.Batch;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last step of judging: the data of each event against its type's schema. Pure.
public final class Validation {
    /// How many events a calling thread may validate, each in a moment.
    private static final int MOST_QUICK = 16;

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

    /// How large the JSON of these events is.
    long bytes() {
        return bytes(entries);
    }

    static long bytes(List<Batch.Entry> entries) {
        long bytes = 0;
        for (Batch.Entry entry : entries) {
            bytes += entry.event().json().length();
        }
        return bytes;
    }

    /// The judgement, where it takes no longer than a calling thread may be held up; empty for much data, for a schema
    /// not yet compiled, and for one that is costly on this data.
    Optional<Judgement> judgeQuickly(long bytes) {
        return exceeds(bytes)
                ? Optional.empty()
                : judge((schema, event) ->
                        schema.violationsQuickly(event.data()).orElse(null));
    }

    private boolean exceeds(long bytes) {
        long left = bytes;
        int validated = 0;
        for (int i = 0; i < schemas.length; i++) {
            SchemaSlot schema = schemas[i];
            if (schema != null) {
                left -= entries.get(i).event().json().length();
                if (left < 0 || ++validated > MOST_QUICK || !schema.isReady()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Admits the events, or tells what is wrong with the data of each.
    Judgement judge() {
        return judge((schema, event) -> schema.violations(event.data())).orElseThrow();
    }

    /// Empty where a check comes to no end.
    private Optional<Judgement> judge(Check check) {
        List<Flaw> flaws = new ArrayList<>(0);
        for (int i = 0; i < schemas.length && flaws.size() < Flaw.MAX_TOLD; i++) {
            SchemaSlot schema = schemas[i];
            if (schema != null) {
                Event event = entries.get(i).event();
                List<DataSchema.Violation> violations = check.violations(schema, event);
                if (violations == null) {
                    return Optional.empty();
                }
                tell(i, event, violations, flaws);
            }
        }
        return Optional.of(
                flaws.isEmpty()
                        ? new Judgement.Admitted(entries)
                        : new Judgement.Refused(Refusal.of(
                                ErrorCode.SCHEMA_VIOLATED,
                                Reasons.eventsIn(flaws)
                                        + ": 'data' violates the schema of the type; nothing was stored",
                                flaws)));
    }

    private static void tell(int index, Event event, List<DataSchema.Violation> violations, List<Flaw> flaws) {
        for (DataSchema.Violation violation : violations) {
            flaws.add(new Flaw(index, event.id(), "/data" + violation.pointer(), violation.reason()));
        }
    }

    @FunctionalInterface
    private interface Check {
        /// Null where it takes too long.
        @Nullable
        List<DataSchema.Violation> violations(SchemaSlot schema, Event event);
    }
}
