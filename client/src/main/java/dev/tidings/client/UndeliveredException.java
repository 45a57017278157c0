package dev.tidings.client;

import io.cloudevents.CloudEvent;
import java.util.List;

/// A bus was closed before the broker, or the listeners of its own process, had taken all that was fired.
/// Publishing these events to a broker again does no harm: it removes duplicates.
public final class UndeliveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<CloudEvent> events;

    /// @param events in the order in which they were fired
    public UndeliveredException(List<CloudEvent> events) {
        super(events.size() + " fired events may not have reached their destination before the end");
        this.events = List.copyOf(events);
    }

    /// In the order in which they were fired.
    public List<CloudEvent> events() {
        return events;
    }
}
