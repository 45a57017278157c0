package dev.tidings.client;

import io.cloudevents.CloudEvent;

/// Is told of each fired event that the broker has refused. Called by the sending thread, which it must not
/// hold up.
@FunctionalInterface
public interface FailureListener {
    /// This event is not stored, and is not sent again; what was fired after it goes on. What it throws is logged.
    void refused(CloudEvent event, RefusedException reason);
}
