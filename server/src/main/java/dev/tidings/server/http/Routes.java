package dev.tidings.server.http;

/// The route of each operation.
@FunctionalInterface
public interface Routes {
    Route of(Operation operation);
}
