package dev.tidings.outbox;

import dev.tidings.client.Receipt;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The broker, as far as a relay needs it; see [dev.tidings.client.Bus#publish].
@FunctionalInterface
interface Publishing {
    CompletableFuture<Receipt> publish(List<CloudEvent> events);
}
