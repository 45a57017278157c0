package dev.tidings.client;

import io.cloudevents.CloudEvent;

/// Is told of each fired event that the broker has refused. Called by the sending thread, which it must not
/// hold up.
@FunctionalInterface
public interface FailureListener {
    void refused(CloudEvent event, RefusedException reason);
}
