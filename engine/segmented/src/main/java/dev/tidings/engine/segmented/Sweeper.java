package dev.tidings.engine.segmented;

import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.retention.Sweep;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Sweeps now and then, and when somebody asks, always on a thread of its own: a sweep waits for the committer, and
/// an interrupted caller must not break a file that it happens to touch.
final class Sweeper {
    private final Sweep sweep;
    private final Health health;
    private final Threads threads;
    private final ExecutorService thread;
    private Threads.@Nullable Ticking ticking;

    Sweeper(Sweep sweep, Health health, Threads threads) {
        this.sweep = sweep;
        this.health = health;
        this.threads = threads;
        this.thread = Executors.newFixedThreadPool(1, task -> threads.unstarted("tidings-retention", task));
    }

    void start(Duration interval) {
        ticking = threads.every(interval, this::tick);
    }

    Duration now() {
        try {
            return CompletableFuture.supplyAsync(this::sweep, thread).join();
        } catch (RejectedExecutionException _) {
            return Duration.ZERO;
        }
    }

    void stop() {
        if (ticking != null) {
            ticking.stop();
        }
        thread.close();
    }

    private void tick() {
        try {
            thread.execute(this::sweep);
        } catch (RejectedExecutionException _) {
            // it was stopped just now
        }
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
