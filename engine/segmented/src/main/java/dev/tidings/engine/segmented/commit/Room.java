package dev.tidings.engine.segmented.commit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Where the committer waits for checkpoints to make room.
public final class Room {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition made = lock.newCondition();

    /// Waits until there is room, but no longer than `patience`; returns whether there is.
    boolean await(BooleanSupplier there, Duration patience) throws InterruptedException {
        if (there.getAsBoolean()) {
            return true;
        }
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!there.getAsBoolean() && left > 0) {
                left = made.awaitNanos(left);
            }
            return there.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /// There may be room now.
    public void made() {
        lock.lock();
        try {
            made.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
