package dev.tidings.client.backoff;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying again: twice as long each time, half of it by chance, so that those who
/// failed together do not come back together; never less than what the broker asked for.
public record BackOff(Duration first, Duration longest, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 20;

    /// @param attempt    how many tries failed before, from 0
    /// @param retryAfter what the broker asked for; zero: nothing
    public Duration delay(int attempt, Duration retryAfter) {
        long doubled = first.toMillis() << Math.min(attempt, MOST_DOUBLINGS);
        long bounded = Math.min(doubled, longest.toMillis());
        Duration chosen = Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
        return chosen.compareTo(retryAfter) > 0 ? chosen : retryAfter;
    }
}
