package dev.tidings.broker.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/// One thread with a queue of tasks and timers. What a loop owns is touched by that loop's tasks only, so it
/// needs no locks; tasks must not block.
public interface Loop extends Executor {
    /// Runs the task on this loop after the tasks already queued. May be called by any thread.
    @Override
    void execute(Runnable task);

    /// Runs the task on this loop after the delay, unless cancelled before.
    Timer after(Duration delay, Runnable task);

    /// A timer that has not fired yet.
    @FunctionalInterface
    interface Timer {
        void cancel();
    }
}
