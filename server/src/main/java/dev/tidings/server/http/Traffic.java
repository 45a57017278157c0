package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/// How many exchanges are in progress, and whether new ones may begin. May be used by any thread.
public final class Traffic {
    private final AtomicLong inside = new AtomicLong();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean draining;

    public Traffic() {}

    /// Lets no new exchange in, but for a look at the server's health. Completes when the last one has ended.
    public CompletionStage<Void> drain() {
        draining = true;
        completeIfEmpty();
        return empty.minimalCompletionStage();
    }

    public boolean draining() {
        return draining;
    }

    /// How many exchanges are in progress.
    public long inside() {
        return inside.get();
    }

    /// Whether this exchange may begin. If so it must [#leave].
    boolean enter(Operation operation) {
        inside.incrementAndGet();
        if (draining && operation.access() != Operation.Access.OPEN) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        inside.decrementAndGet();
        completeIfEmpty();
    }

    static Refusal refusal() {
        return Refusal.retryable(
                ErrorCode.NOT_READY, "the broker is shutting down; nothing was stored", Duration.ofSeconds(5));
    }

    private void completeIfEmpty() {
        if (draining && inside.get() == 0) {
            empty.complete(null);
        }
    }
}
