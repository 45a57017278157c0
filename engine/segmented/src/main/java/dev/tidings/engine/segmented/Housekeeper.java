package dev.tidings.engine.segmented;

import dev.tidings.engine.segmented.commit.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The thread that does what nobody waits for: the rest of the ring's files, checkpoints, retention.
final class Housekeeper implements Runnable {
    private final Health health;
    private final long sweepNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private Chores chores = Chores.NONE;
    private boolean checkpointWanted;
    private boolean stopped;
    private boolean prepared;

    Housekeeper(Health health, Duration sweepInterval) {
        this.health = health;
        this.sweepNanos = TimeUnit.NANOSECONDS.convert(sweepInterval);
    }

    /// What there is to do.
    interface Chores {
        Chores NONE = new Chores() {
            @Override
            public void prepare() {}

            @Override
            public void checkpoint() {}

            @Override
            public void sweep() {}
        };

        void prepare() throws IOException;

        void checkpoint() throws IOException;

        void sweep();
    }

    /// To be called before the thread starts.
    void give(Chores what) {
        chores = what;
    }

    /// Prepares at once, rather than once the thread has started.
    void prepareNow() throws IOException {
        chores.prepare();
        prepared = true;
    }

    void wantCheckpoint() {
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
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            if (!prepared) {
                chores.prepare();
            }
            for (Call call = await(); call != Call.STOP; call = await()) {
                switch (call) {
                    case CHECKPOINT -> chores.checkpoint();
                    case SWEEP -> chores.sweep();
                    case STOP -> {}
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            health.fail("the write-ahead ring could not be made: " + e.getMessage(), e);
        } catch (RuntimeException | Error bug) {
            health.fail("a bug: " + bug, bug);
        }
    }

    private enum Call {
        CHECKPOINT,
        SWEEP,
        STOP
    }

    private Call await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = sweepNanos;
            while (!stopped && !checkpointWanted && left > 0) {
                left = called.awaitNanos(left);
            }
            if (stopped) {
                return Call.STOP;
            }
            boolean checkpoint = checkpointWanted;
            checkpointWanted = false;
            return checkpoint ? Call.CHECKPOINT : Call.SWEEP;
        } finally {
            lock.unlock();
        }
    }
}
