package dev.tidings.callback;

import dev.tidings.broker.loop.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A loop turned by hand, whose tasks may come from any thread: tasks wait for [#run] or [#until], timers for
/// [#advance].
public final class HandLoop implements Loop, InstantSource {
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final PriorityQueue<Waiting> timers =
            new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparing(Waiting::number));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long numbers;

    private record Waiting(Instant due, long number, Runnable task) {}

    public HandLoop() {}

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        Waiting timer = new Waiting(now.plus(delay), numbers++, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public long nanos() {
        return Duration.between(Instant.EPOCH, instant()).toNanos();
    }

    /// Runs all tasks that are there, those that they queue among them.
    public void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /// Runs tasks, and waits for more, until it is so.
    public void until(BooleanSupplier so) {
        while (!so.getAsBoolean()) {
            try {
                Runnable task = tasks.poll(20, TimeUnit.SECONDS);
                if (task == null) {
                    throw new AssertionError("nothing more happens, and it is not so");
                }
                task.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// Lets time pass from timer to timer, with what they do.
    public void advance(Duration by) {
        Instant until = instant().plus(by);
        run();
        for (Waiting timer = due(until); timer != null; timer = due(until)) {
            timer.task.run();
            run();
        }
        set(until);
    }

    /// Forgets all that is to be done: whoever wanted it is gone.
    public synchronized void forget() {
        tasks.clear();
        timers.clear();
    }

    private synchronized void set(Instant instant) {
        now = instant;
    }

    private synchronized Waiting due(Instant until) {
        Waiting first = timers.peek();
        if (first == null || first.due.isAfter(until)) {
            return null;
        }
        now = first.due;
        return timers.remove();
    }

    private synchronized void cancel(Waiting timer) {
        timers.remove(timer);
    }
}
