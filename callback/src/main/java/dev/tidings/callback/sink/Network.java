package dev.tidings.callback.sink;

import io.vertx.core.Vertx;
import java.time.Duration;

/// What all requests to sinks go over.
public record Network(Vertx vertx, Resolver resolver, Guard guard, Limits limits) {
    /// What bounds a request.
    ///
    /// @param timeout how long it may take as a whole: name, connection, head and body
    /// @param idle    how long a connection is kept for the next one
    /// @param answer  how many bytes of a body are read; the rest is cut off
    public record Limits(Duration timeout, Duration idle, int answer) {}
}
