package dev.tidings.callback.sink;

import java.util.concurrent.CompletionStage;

/// The way to one sink. May be used by any thread.
public interface SinkChannel extends AutoCloseable {
    /// Sends the request. Completes within a bounded time, on some thread that must not wait, and never exceptionally.
    CompletionStage<Outcome> send(SinkRequest request);

    /// Cuts what is under way.
    @Override
    void close();
}
