package dev.tidings.engine.segmented;

import dev.tidings.engine.segmented.commit.Health;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The thread that makes checkpoints when somebody wants one, and a last one when it is stopped.
final class Housekeeper implements Runnable {
    private final Health health;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private Housework work = Housework.NONE;
    private volatile boolean checkpointWanted;
    private volatile boolean stopped;

    Housekeeper(Health health) {
        this.health = health;
    }

    /// To be called before the thread starts.
    void give(Housework what) {
        work = what;
    }

    /// Cheap where one is wanted already. Who still wants one when it has been made asks again.
    void wantCheckpoint() {
        if (checkpointWanted) {
            return;
        }
        lock.lock();
        try {
            checkpointWanted = true;
            called.signal();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            called.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean stopped() {
        return stopped;
    }

    @Override
    public void run() {
        try {
            work.prepare();
            while (await()) {
                work.checkpoint();
                checkpointWanted = false;
                work.done();
            }
            work.checkpoint();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            health.fail("a bug: " + bug, bug);
        }
    }

    /// Waits until a checkpoint is wanted; false where it is to stop.
    private boolean await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped && !checkpointWanted) {
                called.await();
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }
}
