package dev.tidings.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A well-formed CloudEvent as it was received: the attributes that the broker decides by, and the whole event in
/// the CloudEvents JSON format ([#json]), byte for byte as the producer wrote it where the producer wrote JSON,
/// without an `offset` attribute. [#time] is null where the producer gave none: the broker then adds the time of
/// acceptance on the way out. [#dataRef] is the attribute `dataref`, where it is text: where the payload is, if it is
/// elsewhere.
public record Event(
        String id,
        String source,
        EventType type,
        @Nullable String partitionKey,
        @Nullable Instant time,
        @Nullable String dataRef,
        Data data,
        Bytes json) {

    /// An event whose payload, if it has one, is in it.
    public Event(
            String id,
            String source,
            EventType type,
            @Nullable String partitionKey,
            @Nullable Instant time,
            Data data,
            Bytes json) {
        this(id, source, type, partitionKey, time, null, data, json);
    }

    /// The payload of the event, as a part of its JSON text.
    public sealed interface Data {
        /// No `data` and no `data_base64`.
        record None() implements Data {}

        /// `data` of a JSON media type: its JSON text.
        record Json(Bytes text) implements Data {}

        /// `data` of another media type that is text, or `data_base64`.
        record Opaque(String contentType) implements Data {}
    }
}
