package dev.tidings.broker.publishing;

import dev.tidings.broker.catalog.TypeEntry;
import dev.tidings.engine.Batch;
import dev.tidings.model.Event;
import dev.tidings.model.StreamName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the catalog says of a type, made ready for judging events of it.
record TypeRule(
        StreamName stream,
        Duration deduplication,
        long maxBytes,
        @Nullable SchemaSlot schema,
        boolean refers) {
    static TypeRule of(TypeEntry entry, long defaultMaxBytes, @Nullable SchemaSlot schema) {
        return new TypeRule(
                entry.type().stream(),
                entry.deduplication(),
                entry.maxSize() == null ? defaultMaxBytes : entry.maxSize().bytes(),
                schema,
                entry.refers());
    }

    boolean fits(Event event) {
        return event.json().length() <= maxBytes;
    }

    /// What the data of an event has to be valid against; null: nothing. Nobody here can judge what is elsewhere, so
    /// the catalog has to allow it.
    @Nullable
    SchemaSlot schemaFor(Event event) {
        String reference = refers && event.data() instanceof Event.Data.None ? event.dataRef() : null;
        return reference == null || reference.isEmpty() ? schema : null;
    }

    Batch.Entry entry(Event event) {
        return new Batch.Entry(stream, event, deduplication);
    }
}
