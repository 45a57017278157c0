package dev.tidings.client.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The broker, as far as a look at its health needs it.
@FunctionalInterface
public interface Readiness {
    /// Why it takes or delivers no events now; empty: it does both. Never completes exceptionally.
    CompletableFuture<Optional<String>> problem();
}
