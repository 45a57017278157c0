package dev.tidings.broker.consuming;

import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a consumer asks for when it opens an instance.
///
/// @param group         the group's name as the client gave it
/// @param lanes         which lanes to deliver
/// @param inflight      how many unconfirmed deliveries it may have; null: the configured default
/// @param types         the subset of the granted types that the group reads; null: all
/// @param maxDeliveries after how many deliveries that ended unconfirmed an event is dead; null: never
/// @param start         where a new group starts
public record Opening(
        String group,
        Set<Lane> lanes,
        @Nullable Integer inflight,
        @Nullable Set<EventType> types,
        @Nullable Integer maxDeliveries,
        Start start) {
    public Opening {
        lanes = Set.copyOf(lanes);
        types = types == null ? null : Set.copyOf(types);
    }

    /// Where a new group starts; a group that exists goes on where it was.
    public sealed interface Start {
        record Earliest() implements Start {}

        record Latest() implements Start {}

        /// At the first event accepted at this time or later.
        record At(Instant time) implements Start {}
    }
}
