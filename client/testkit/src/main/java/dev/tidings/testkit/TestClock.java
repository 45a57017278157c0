package dev.tidings.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// The broker's clock: it goes as the system's does, and leaps forward when it is told to. May be used by any
/// thread.
public final class TestClock implements InstantSource {
    private final AtomicLong leapt = new AtomicLong();
    private final Runnable before;
    private final Runnable onLeap;

    /// @param before returns when it may leap
    /// @param onLeap does what is due then
    TestClock(Runnable before, Runnable onLeap) {
        this.before = before;
        this.onLeap = onLeap;
    }

    @Override
    public Instant instant() {
        return Instant.now().plusNanos(leapt.get());
    }

    long nanos() {
        return System.nanoTime() + leapt.get();
    }

    /// Leaps. When this returns, what is too old by then is removed, and timers that are due by then fire; what
    /// handlers have put off is with the broker before. It moves
    /// the broker's clock only: what a listener waits before it tries again is the program's own time.
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a broker's clock goes forward, found " + by);
        }
        before.run();
        leapt.addAndGet(by.toNanos());
        onLeap.run();
    }
}
