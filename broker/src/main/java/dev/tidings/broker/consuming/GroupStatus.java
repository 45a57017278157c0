package dev.tidings.broker.consuming;

import dev.tidings.broker.pressure.Throttled;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a group is.
///
/// @param lagEvents    how many events it has not settled, at most: events that turn out not to be for it count until
///                     it has read them
/// @param lag          how old the oldest event is that it has not settled; zero where there is none
/// @param waiting      events that were read and wait for their key, or to be delivered again
/// @param blocked      why nothing more is delivered although events are there; null where nothing stands in the way
/// @param redeliveries how many deliveries ended unconfirmed since this process started
/// @param dead         how many of its events died since this process started
/// @param throttled    what holds its events back, of what types may be delivered at
public record GroupStatus(
        GroupName group,
        long lagEvents,
        Duration lag,
        int instances,
        int inFlight,
        int waiting,
        @Nullable String blocked,
        long redeliveries,
        long dead,
        Filtered filtered,
        List<Throttled> throttled) {
    public GroupStatus {
        throttled = List.copyOf(throttled);
    }

    /// What the group's filter does.
    ///
    /// @param filter   its canonical text; null: the group has none
    /// @param out      how many events it kept out since this process started
    /// @param failures on how many of these it failed
    public record Filtered(@Nullable String filter, long out, long failures) {
        public static final Filtered NONE = new Filtered(null, 0, 0);
    }
}
