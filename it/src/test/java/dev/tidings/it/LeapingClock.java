package dev.tidings.it;

import dev.tidings.node.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The machine's clock, that goes ahead of it by leaps.
final class LeapingClock {
    private final AtomicLong ahead = new AtomicLong();

    /// Whoever goes by it has to look again what is due by then.
    void leap(Duration by) {
        ahead.addAndGet(by.toNanos());
    }

    Surroundings surroundings() {
        return new Surroundings(
                () -> Instant.now().plusNanos(ahead.get()), () -> System.nanoTime() + ahead.get(), null);
    }
}
