package dev.tidings.broker.streams;

import dev.tidings.model.EventType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client wants to read.
///
/// @param stream the stream's name, as the client gave it
/// @param types  which of its types; null: all that are granted
/// @param filter the text of a filter that the events must match; null: none
public record StreamQuery(
        String stream,
        StreamStart start,
        @Nullable Set<EventType> types,
        @Nullable String filter) {
    public StreamQuery {
        types = types == null ? null : Set.copyOf(types);
    }
}
