package dev.tidings.client.publishing;

import dev.tidings.model.Bytes;
import io.cloudevents.CloudEvent;

/// An event on its way.
///
/// @param json as it is sent
public record Fired(CloudEvent event, Bytes json) {}
