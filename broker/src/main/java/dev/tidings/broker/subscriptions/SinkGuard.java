package dev.tidings.broker.subscriptions;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Knows which addresses are called.
@FunctionalInterface
public interface SinkGuard {
    /// Why a sink is not called, as far as its address tells without being resolved; null where nothing is against it.
    @Nullable
    String objection(URI sink);
}
