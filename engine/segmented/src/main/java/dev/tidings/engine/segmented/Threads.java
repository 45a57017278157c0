package dev.tidings.engine.segmented;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Where an engine's threads come from. Everything an engine does for long it does on one of them, so whoever makes
/// them decides what runs when: a simulation steps them all, one at a time.
public interface Threads {
    /// Threads of the operating system, which don't keep a process alive.
    Threads PLATFORM = new Threads() {
        @Override
        public Thread unstarted(String name, Runnable what) {
            return Thread.ofPlatform().daemon().name(name).unstarted(what);
        }

        @Override
        public Ticking every(Duration interval, Runnable what) {
            ScheduledExecutorService thread =
                    Executors.newSingleThreadScheduledExecutor(task -> unstarted("tidings-tick", task));
            long nanos = interval.toNanos();
            var _ = thread.scheduleWithFixedDelay(what, nanos, nanos, TimeUnit.NANOSECONDS);
            return thread::shutdownNow;
        }
    };

    /// A thread that is not started yet.
    Thread unstarted(String name, Runnable what);

    /// Does something short again and again, with so much time in between.
    Ticking every(Duration interval, Runnable what);

    /// What goes on until it is stopped.
    @FunctionalInterface
    interface Ticking {
        void stop();
    }
}
