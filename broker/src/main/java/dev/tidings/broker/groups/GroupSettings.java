package dev.tidings.broker.groups;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
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
/// @param errorsOf      the groups of its client whose dead events it reads, instead of standard events; null: it is
///                      no error handler
/// @param since         types that it has read only since a time, because they were added to its subset then
public record GroupSettings(
        @Nullable Set<EventType> types,
        int maxDeliveries,
        @Nullable Instant from,
        Instant created,
        @Nullable String filter,
        @Nullable Set<String> errorsOf,
        Map<EventType, Instant> since) {
    public GroupSettings {
        types = types == null ? null : Set.copyOf(types);
        errorsOf = errorsOf == null ? null : Set.copyOf(errorsOf);
        since = Map.copyOf(since);
    }

    public GroupSettings(@Nullable Set<EventType> types, int maxDeliveries, @Nullable Instant from, Instant created) {
        this(types, maxDeliveries, from, created, null, null, Map.of());
    }

    /// @param newFilter as an opening has it: a canonical text, null or `[]` where there is none
    public GroupSettings withFilter(@Nullable String newFilter) {
        String kept = "[]".equals(newFilter) ? null : newFilter;
        return new GroupSettings(types, maxDeliveries, from, created, kept, errorsOf, since);
    }

    /// @param groups names of groups; null: it is no error handler
    public GroupSettings withErrorsOf(@Nullable Set<String> groups) {
        return new GroupSettings(types, maxDeliveries, from, created, filter, groups, since);
    }

    /// What the group reads.
    public Set<StreamName> streams(GroupName name, Selection selection) {
        if (errorsOf != null) {
            return Set.of(LaneStreams.dead(name.client()));
        }
        Set<StreamName> streams = selection.streams();
        streams.add(LaneStreams.resubmitted(name));
        return streams;
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
        return new GroupSettings(newTypes, maxDeliveries, from, created, filter, errorsOf, starts);
    }
}
