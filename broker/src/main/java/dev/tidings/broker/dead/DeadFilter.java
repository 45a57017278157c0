package dev.tidings.broker.dead;

import dev.tidings.engine.TypeSelection;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which dead events are meant; what is null does not matter.
///
/// @param client the client that reported them
/// @param group  the name of the group they came from
/// @param type   the type of the original
/// @param from   those reported at this time or later
/// @param until  those reported before this time
public record DeadFilter(
        @Nullable ClientName client,
        @Nullable String group,
        @Nullable EventType type,
        @Nullable DeadReason reason,
        @Nullable Instant from,
        @Nullable Instant until) {
    public static final DeadFilter ALL = new DeadFilter(null, null, null, null, null, null);

    /// The same, of one client.
    DeadFilter of(ClientName only) {
        return new DeadFilter(only, group, type, reason, from, until);
    }

    TypeSelection types() {
        return type == null ? TypeSelection.ALL : new TypeSelection.Of(Set.of(type));
    }

    boolean includes(ClientName other) {
        return client == null || client.equals(other);
    }

    /// Whether it means the event, given that its client and its type are meant.
    boolean includes(DeadEvent event) {
        DeadEnvelope.DeadReport report = event.envelope().report();
        return (group == null || group.equals(report.group().name()))
                && (reason == null || reason == report.reason())
                && (from == null || !event.since().isBefore(from))
                && (until == null || event.since().isBefore(until));
    }
}
