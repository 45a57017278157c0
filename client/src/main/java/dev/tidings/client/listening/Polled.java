package dev.tidings.client.listening;

import dev.tidings.wire.Received;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An instance at the broker that is polled. What it is asked completes exceptionally where the broker is away, or
/// refuses, with a message that says so.
public interface Polled {
    /// The next events; none where none came within the time that the broker lets a poll wait.
    CompletableFuture<List<Received>> next();

    /// Confirms up to an offset.
    CompletableFuture<?> confirm(long upTo);

    /// Reports an event as dead.
    CompletableFuture<?> dead(String report);

    /// Gives one event back.
    ///
    /// @param delay until it is delivered again; null: as the instance was opened
    CompletableFuture<?> release(long offset, @Nullable Duration delay);

    /// Ends it.
    ///
    /// @param renounced whether nothing is to stay reserved for its process
    CompletableFuture<?> end(boolean renounced);
}
