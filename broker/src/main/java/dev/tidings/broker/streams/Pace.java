package dev.tidings.broker.streams;

import dev.tidings.model.DataSize;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How fast all who read what is behind go on together. Without it, a few that read a backlog as fast as they can
/// would take every core, and others would wait for theirs. May be used by any thread.
final class Pace {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /// What nobody used for a while may be used at once.
    private static final long SAVED = TimeUnit.MILLISECONDS.toNanos(20);

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private long free;

    /// @param perSecond so many bytes a second
    /// @param nanos     a clock that only goes forward
    Pace(DataSize perSecond, LongSupplier nanos) {
        this.bytesPerSecond = perSecond.bytes();
        this.nanos = nanos;
        this.free = nanos.getAsLong() - SAVED;
    }

    /// So many bytes were read; returns how long whoever read them is to wait now.
    synchronized Duration rest(long bytes) {
        long now = nanos.getAsLong();
        free = Math.max(free, now - SAVED) + (long) ((double) bytes * SECOND / bytesPerSecond);
        return Duration.ofNanos(Math.max(0, free - now));
    }
}
