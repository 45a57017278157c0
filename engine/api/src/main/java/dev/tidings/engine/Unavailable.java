package dev.tidings.engine;

import java.time.Duration;

/// The store could not do it, or may have.
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What is known of the request that failed.
    public enum Effect {
        /// Nothing of it was stored.
        NONE,
        /// It may have been stored: a retry is safe within the deduplication window.
        UNKNOWN
    }

    private final Effect effect;
    private final Duration retryAfter;

    public Unavailable(String message, Effect effect, Duration retryAfter) {
        super(message);
        this.effect = effect;
        this.retryAfter = retryAfter;
    }

    public Effect effect() {
        return effect;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
