package dev.tidings.client.publishing;

import dev.tidings.model.Bytes;
import java.util.concurrent.CompletableFuture;

/// The broker, as far as publishing needs it.
@FunctionalInterface
public interface Publishing {
    /// Sends a batch in the CloudEvents JSON format. Completes normally, whatever became of it.
    CompletableFuture<Outcome> publish(Bytes batch);
}
