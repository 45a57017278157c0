package dev.tidings.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a bus was doing when it was asked.
///
/// @param problem   why the broker takes or delivers no events; null: it does both
/// @param listeners whether each listener, by its name, has its connection to the broker
public record Status(@Nullable String problem, Map<String, Boolean> listeners) {
    /// Keeps what it is given.
    public Status {
        listeners = Map.copyOf(listeners);
    }

    /// Whether the broker is ready and all listeners are connected.
    public boolean isUp() {
        return problem == null && !listeners.containsValue(false);
    }
}
