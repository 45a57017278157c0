package dev.tidings.broker.streams;

import dev.tidings.filter.EventFilter;
import dev.tidings.model.EventType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client wants to read.
///
/// @param stream the stream's name, as the client gave it
/// @param types  which of its types; null: all that are granted
/// @param filter what the events must match; null: nothing
public record StreamQuery(
        String stream,
        StreamStart start,
        @Nullable Set<EventType> types,
        @Nullable EventFilter filter) {
    public StreamQuery {
        types = types == null ? null : Set.copyOf(types);
    }
}
