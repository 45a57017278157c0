package dev.tidings.broker.groups;

import dev.tidings.broker.loop.Loop;
import java.time.Duration;

/// Asks for a turn when something is due by the clock. Looks at the clock at least once a minute: it may leap.
/// Belongs to the loop.
final class Alarm {
    static final long NEVER = Long.MAX_VALUE;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Facilities facilities;
    private long at = NEVER;
    private Loop.Timer timer = () -> {};

    Alarm(Facilities facilities) {
        this.facilities = facilities;
    }

    /// @param dueMillis milliseconds since the epoch, or [#NEVER]
    void set(long dueMillis) {
        if (dueMillis == at) {
            return;
        }
        timer.cancel();
        at = dueMillis;
        if (dueMillis != NEVER) {
            long wait = Math.clamp(dueMillis - facilities.clock().millis(), 1, LONGEST.toMillis());
            timer = facilities.loop().after(Duration.ofMillis(wait), this::ring);
        }
    }

    void cancel() {
        set(NEVER);
    }

    private void ring() {
        at = NEVER;
        facilities.turn().ask();
    }
}
