package dev.tidings.callback.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Keeps requests within a rate, evenly spread, with at most as many at once as fall into a second. Pure; times are
/// nanoseconds of a clock that only goes forward.
final class Pace {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private long interval;
    private long next;
    private boolean begun;

    /// The most requests a minute from now on; null: any.
    void limit(@Nullable Long perMinute) {
        interval = perMinute == null ? 0 : MINUTE / Math.max(1, perMinute);
    }

    /// Whether a request may go now; if so, it counts.
    boolean begin(long now) {
        if (delay(now) > 0) {
            return false;
        }
        long earliest = now - Math.max(0, SECOND - interval);
        next = (begun && next - earliest > 0 ? next : earliest) + interval;
        begun = true;
        return true;
    }

    /// How many nanoseconds later the next may go; zero or less: now.
    long delay(long now) {
        return interval == 0 || !begun ? 0 : next - now;
    }
}
