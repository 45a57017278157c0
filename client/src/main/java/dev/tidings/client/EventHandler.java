package dev.tidings.client;

import io.cloudevents.CloudEvent;

/// Handles events whole; the same contract as [Handler].
@FunctionalInterface
public interface EventHandler {
    /// See [Handler#handle].
    void handle(CloudEvent event) throws Exception;
}
