package dev.tidings.client.listening;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Does work of one key in the order in which it was added, and that of different keys at the same time, on a
/// bounded number of threads. Work that has to wait, for its next try or for others to end it, keeps its key, but no
/// thread. May be used by any thread.
final class Lines {
    private final ScheduledThreadPoolExecutor threads;
    private final Map<String, Line> lines = new HashMap<>();
    private int begun;

    /// Something to do.
    @FunctionalInterface
    interface Work {
        /// Completes normally when it is done, or is to be done again.
        ///
        /// @return how long to wait before it is to be done again; empty where it is done
        CompletionStage<Optional<Duration>> run();
    }

    /// What waits for one key, its first being done.
    private record Line(@Nullable String key, Deque<Work> queue) {}

    Lines(String name, int concurrency) {
        threads = new ScheduledThreadPoolExecutor(concurrency, task -> {
            Thread thread = new Thread(task, "tidings-" + name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// @param key null: order does not matter
    void add(@Nullable String key, Work work) {
        Line line;
        synchronized (lines) {
            line = key == null ? null : lines.get(key);
            if (line != null) {
                line.queue.add(work);
                return;
            }
            line = new Line(key, new ArrayDeque<>());
            line.queue.add(work);
            if (key != null) {
                lines.put(key, line);
            }
        }
        start(line, Duration.ZERO);
    }

    /// Takes no more work, and waits for what is being done; false where that takes longer.
    boolean close(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        threads.shutdown();
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS) && awaitBegun(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean awaitBegun(long end) throws InterruptedException {
        synchronized (lines) {
            while (begun > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                lines.wait(left);
            }
            return true;
        }
    }

    private void start(Line line, Duration in) {
        try {
            Future<?> unused = threads.schedule(() -> run(line), in.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // what was not begun is not confirmed: it comes again, to another
        }
    }

    private void run(Line line) {
        Future<?> unused = begin(line).run().toCompletableFuture().thenAccept(again -> {
            ended();
            if (again.isPresent()) {
                start(line, again.get());
            } else if (goesOn(line)) {
                start(line, Duration.ZERO);
            }
        });
    }

    private Work begin(Line line) {
        synchronized (lines) {
            begun++;
            return line.queue.element();
        }
    }

    private void ended() {
        synchronized (lines) {
            begun--;
            lines.notifyAll();
        }
    }

    private boolean goesOn(Line line) {
        synchronized (lines) {
            line.queue.remove();
            if (line.queue.isEmpty() && line.key != null) {
                lines.remove(line.key);
            }
            return !line.queue.isEmpty();
        }
    }
}
