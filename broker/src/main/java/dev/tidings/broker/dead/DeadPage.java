package dev.tidings.broker.dead;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the dead events that a filter means, ordered by client, then by age.
///
/// @param next where to go on: there may be more; a page may be short, or empty, because only so much is searched
///             at a time. Null: these were the last
public record DeadPage(List<DeadEvent> events, @Nullable DeadId next) {
    public DeadPage {
        events = List.copyOf(events);
    }
}
