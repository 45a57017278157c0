package dev.tidings.broker.groups;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types a group reads now, each by its grant.
public record Selection(Map<EventType, Grant> types) {
    public Selection {
        types = Map.copyOf(types);
    }

    /// What is granted, restricted to a subset where there is one.
    public static Selection of(Map<EventType, Grant> granted, @Nullable Set<EventType> subset) {
        if (subset == null) {
            return new Selection(granted);
        }
        Map<EventType, Grant> types = new HashMap<>(granted);
        types.keySet().retainAll(subset);
        return new Selection(types);
    }

    /// What is granted, as far as a group with these settings reads it.
    public static Selection of(Map<EventType, Grant> granted, GroupSettings settings) {
        Map<EventType, Grant> types = new HashMap<>(of(granted, settings.types()).types);
        types.replaceAll((type, grant) -> {
            Instant since = settings.since().get(type);
            return since == null || !grant.history() && grant.since().isAfter(since) ? grant : new Grant(false, since);
        });
        return new Selection(types);
    }

    /// What a group reads of what its client may consume: its queues whatever its subset is, since what passed by of
    /// them would be gone, and nothing of the queues of other groups. An error handler gets what died of them, too.
    public static Selection of(ConsumerRole role, GroupName group, GroupSettings settings) {
        if (settings.errorsOf() != null) {
            return of(role.types(), settings);
        }
        Map<EventType, Grant> granted = role.in(group.name());
        Map<EventType, Grant> types = new HashMap<>(of(granted, settings).types);
        role.queuesOf(group.name()).forEach(type -> types.put(type, Objects.requireNonNull(granted.get(type))));
        return new Selection(types);
    }

    public boolean isEmpty() {
        return types.isEmpty();
    }

    public boolean includes(EventType type) {
        return types.containsKey(type);
    }

    /// Whether the group may see an event.
    public boolean reveals(StoredEvent event) {
        Grant grant = types.get(event.type());
        return grant != null && grant.reveals(event.acceptedMillis());
    }

    /// What of it is granted still.
    Selection retain(Selection granted) {
        return only(granted.types.keySet());
    }

    Selection only(Set<EventType> wanted) {
        Map<EventType, Grant> left = new HashMap<>(types);
        left.keySet().retainAll(wanted);
        return new Selection(left);
    }

    /// The types that may be in one stream: all of them in a stream of the broker's own.
    Selection within(StreamName stream) {
        Map<EventType, Grant> here = new HashMap<>(types);
        here.keySet().removeIf(type -> !stream.internal() && !type.stream().equals(stream));
        return new Selection(here);
    }

    /// When the first of these types was granted; null where there is none.
    @Nullable
    Instant earliestGrant() {
        Instant earliest = null;
        for (Grant grant : types.values()) {
            earliest = earliest == null || grant.since().isBefore(earliest) ? grant.since() : earliest;
        }
        return earliest == null ? null : Instant.ofEpochMilli(earliest.toEpochMilli());
    }

    public Set<StreamName> streams() {
        Set<StreamName> streams = new HashSet<>();
        types.keySet().forEach(type -> streams.add(type.stream()));
        return streams;
    }

    /// The types of one stream; all of them in a stream of the broker's own.
    public TypeSelection in(StreamName stream) {
        return new TypeSelection.Of(within(stream).types.keySet());
    }

    /// The time of acceptance before which nothing in a stream is revealed; null where all is.
    public @Nullable Instant beginning(StreamName stream) {
        Instant earliest = Instant.MAX;
        for (Map.Entry<EventType, Grant> type : types.entrySet()) {
            if (stream.internal() || type.getKey().stream().equals(stream)) {
                Grant grant = type.getValue();
                if (grant.history()) {
                    return null;
                }
                earliest = grant.since().isBefore(earliest) ? grant.since() : earliest;
            }
        }
        return earliest.equals(Instant.MAX) ? null : Instant.ofEpochMilli(earliest.toEpochMilli());
    }
}
