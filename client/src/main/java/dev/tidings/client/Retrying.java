package dev.tidings.client;

import java.time.Duration;

/// What becomes of an event whose handler fails: it is tried again, each time after twice as long, and is
/// dead after so many attempts.
///
/// @param attempts how often it is tried in all
/// @param first    how long after the first failure
/// @param longest  the longest wait
public record Retrying(int attempts, Duration first, Duration longest) {
    /// Gives up after about a minute.
    public static final Retrying DEFAULT = new Retrying(8, Duration.ofMillis(500), Duration.ofSeconds(30));

    private static final int MOST_DOUBLINGS = 20;

    /// Checks what it is given.
    public Retrying {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: expected 1 or more, found " + attempts);
        }
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "first is 0 or more and at most longest, found " + first + " and " + longest);
        }
    }

    /// How long to wait after so many failures, from 0.
    public Duration delay(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
