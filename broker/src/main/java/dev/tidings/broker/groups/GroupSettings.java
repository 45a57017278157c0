package dev.tidings.broker.groups;

import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a group was created with.
///
/// @param types         the subset of what is granted; null: all of it
/// @param maxDeliveries after how many deliveries that ended unconfirmed an event is dead; 0: never
/// @param from          the time of acceptance at which it starts, also in partitions that it meets later; null: at
///                      the oldest event
/// @param created       when it was created
public record GroupSettings(
        @Nullable Set<EventType> types,
        int maxDeliveries,
        @Nullable Instant from,
        Instant created) {
    public GroupSettings {
        types = types == null ? null : Set.copyOf(types);
    }
}
