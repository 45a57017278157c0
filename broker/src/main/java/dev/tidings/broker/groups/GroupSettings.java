package dev.tidings.broker.groups;

import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a group was created with.
///
/// @param types         the subset of what is granted; null: all of it
/// @param maxDeliveries after how many deliveries that ended unconfirmed an event is dead; 0: never
/// @param from          the time of acceptance at which it starts, also in partitions that it meets later; null: at
///                      the oldest event
/// @param created       when it was created
/// @param filter        the canonical text of the filter by which it reads; null: it reads everything
/// @param since         types that it has read only since a time, because they were added to its subset then
public record GroupSettings(
        @Nullable Set<EventType> types,
        int maxDeliveries,
        @Nullable Instant from,
        Instant created,
        @Nullable String filter,
        Map<EventType, Instant> since) {
    public GroupSettings {
        types = types == null ? null : Set.copyOf(types);
        since = Map.copyOf(since);
    }

    public GroupSettings(@Nullable Set<EventType> types, int maxDeliveries, @Nullable Instant from, Instant created) {
        this(types, maxDeliveries, from, created, null, Map.of());
    }

    /// @param newFilter as an opening has it: a canonical text, null or `[]` where there is none
    public GroupSettings withFilter(@Nullable String newFilter) {
        String kept = "[]".equals(newFilter) ? null : newFilter;
        return new GroupSettings(types, maxDeliveries, from, created, kept, since);
    }

    /// Of another subset from now on. What the group did not read before it reads from now on only.
    ///
    /// @param granted what may be in a subset
    public GroupSettings changed(@Nullable Set<EventType> newTypes, Set<EventType> granted, Instant now) {
        Map<EventType, Instant> starts = new HashMap<>(since);
        for (EventType type : newTypes == null ? granted : newTypes) {
            if (types != null && !types.contains(type)) {
                starts.put(type, now);
            }
        }
        if (newTypes != null) {
            starts.keySet().retainAll(newTypes);
        }
        return new GroupSettings(newTypes, maxDeliveries, from, created, filter, starts);
    }
}
