package dev.tidings.outbox;

import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/// What is written down of an event.
///
/// @param event null where the text is no event, which the outbox never wrote
record Row(long entry, @Nullable CloudEvent event) {}
