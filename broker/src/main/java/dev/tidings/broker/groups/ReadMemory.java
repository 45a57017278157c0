package dev.tidings.broker.groups;

import java.util.concurrent.atomic.AtomicLong;

/// How much of what was read all groups of the process together may keep in memory. Any thread.
public final class ReadMemory {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /// @param limit in bytes
    public ReadMemory(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /// Takes so many bytes; false, and nothing taken, where that would be more than the limit.
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }
}
