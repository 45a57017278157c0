package dev.tidings.client.publishing;

import dev.tidings.client.EventCoding;
import dev.tidings.model.Bytes;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/// An event on its way.
///
/// @param original what the program fired; null where only its text was kept
/// @param json     as it is sent
public record Fired(@Nullable CloudEvent original, Bytes json) {
    /// What the program fired, or the same read back.
    CloudEvent event() {
        CloudEvent kept = original;
        return kept == null ? EventCoding.event(json) : kept;
    }
}
