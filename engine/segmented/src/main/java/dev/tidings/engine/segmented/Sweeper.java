package dev.tidings.engine.segmented;

import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.retention.Sweep;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Sweeps now and then, and when somebody asks, always on a thread of its own: a sweep waits for the committer, and
/// an interrupted caller must not break a file that it happens to touch.
final class Sweeper {
    private final Sweep sweep;
    private final Health health;
    private final ScheduledExecutorService thread;

    Sweeper(Sweep sweep, Health health, Threads threads) {
        this.sweep = sweep;
        this.health = health;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> threads.unstarted("tidings-retention", task));
    }

    void start(Duration interval) {
        long nanos = interval.toNanos();
        var _ = thread.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    Duration now() {
        try {
            return CompletableFuture.supplyAsync(this::sweep, thread).join();
        } catch (RejectedExecutionException _) {
            return Duration.ZERO;
        }
    }

    void stop() {
        thread.close();
    }

    private Duration sweep() {
        try {
            return sweep.run();
        } catch (RuntimeException bug) {
            health.fail("a bug in retention: " + bug, bug);
            return Duration.ZERO;
        }
    }
}
