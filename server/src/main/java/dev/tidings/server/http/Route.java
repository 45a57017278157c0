package dev.tidings.server.http;

/// Answers one [Operation]. Called on the exchange's event loop, which it must not block, or, with a large body, on
/// a worker. It must answer the exchange once, then or later, from any thread.
@FunctionalInterface
public interface Route {
    void handle(Exchange exchange);
}
