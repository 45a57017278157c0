package dev.tidings.outbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Wakes a relay that waits, or ends it. Nobody interrupts its thread: that would close the files of an H2 database
/// under way.
final class Doorbell {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean rung;
    private boolean closed;

    void ring() {
        lock.lock();
        try {
            rung = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it rings, which may have been before, or that time is over, or the end is there.
    ///
    /// @return whether the time is over
    boolean awaitRing(Duration time) {
        lock.lock();
        try {
            await(time, () -> rung);
            boolean over = !rung && !closed;
            rung = false;
            return over;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until that time is over, or the end is there, whoever rings.
    void pause(Duration time) {
        await(time, () -> false);
    }

    private void await(Duration time, BooleanSupplier reached) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed && !reached.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException byTheProgram) { // it wants its threads to end
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
