package dev.tidings.broker.subscriptions;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a failed delivery is tried again; null, each: the configured default.
///
/// @param first   the wait after the first failure; doubled after each
/// @param longest the longest wait
/// @param giveUp  how long after its first attempt an event is given up, and dead
public record Retries(
        @Nullable Duration first,
        @Nullable Duration longest,
        @Nullable Duration giveUp) {
    /// Nobody is called again at once.
    public static final Duration SHORTEST = Duration.ofMillis(500);

    public static final Retries DEFAULT = new Retries(null, null, null);
}
