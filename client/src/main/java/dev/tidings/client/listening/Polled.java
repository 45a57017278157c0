package dev.tidings.client.listening;

import dev.tidings.wire.Received;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// An instance at the broker that is polled. What it is asked completes exceptionally where the broker is away, or
/// refuses, with a message that says so.
public interface Polled {
    /// The next events; none where none came within the time that the broker lets a poll wait.
    CompletableFuture<List<Received>> next();

    /// Confirms up to an offset.
    CompletableFuture<?> confirm(long upTo);

    /// Reports an event as dead.
    CompletableFuture<?> dead(String report);

    /// Ends it.
    ///
    /// @param renounced whether nothing is to stay reserved for its process
    CompletableFuture<?> end(boolean renounced);
}
