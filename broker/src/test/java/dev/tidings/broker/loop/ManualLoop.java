package dev.tidings.broker.loop;

import dev.tidings.engine.testkit.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/// A loop turned by hand: tasks wait for [#run], timers for [#advance]. Tasks may be queued by any thread; they
/// run on the thread that turns.
public final class ManualLoop implements Loop {
    private static final Comparator<Waiting> BY_TIME =
            Comparator.comparing(Waiting::due).thenComparing(Waiting::number);

    private final HandClock clock;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers = new PriorityQueue<>(BY_TIME);
    private long numbers;

    /// A loop with a clock of its own.
    public ManualLoop() {
        this(new HandClock());
    }

    /// A loop that moves this clock when it is advanced.
    public ManualLoop(HandClock clock) {
        this.clock = clock;
    }

    public HandClock clock() {
        return clock;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        Waiting timer = new Waiting(clock.instant().plus(delay), numbers++, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    /// Runs every queued task, those queued meanwhile, and every timer that is due; moves no clock.
    public void run() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    /// Runs what is due, then moves the clock from timer to timer up to `by` from now, running what becomes due.
    public void advance(Duration by) {
        Instant until = clock.instant().plus(by);
        run();
        for (Instant due = nextDue(); due != null && !due.isAfter(until); due = nextDue()) {
            clock.set(due);
            run();
        }
        clock.set(until);
        run();
    }

    /// How many tasks are queued.
    public synchronized int queued() {
        return tasks.size();
    }

    /// How many timers have not fired yet.
    public synchronized int timers() {
        return timers.size();
    }

    private synchronized void cancel(Waiting timer) {
        timers.remove(timer);
    }

    private synchronized Runnable next() {
        if (!tasks.isEmpty()) {
            return tasks.remove();
        }
        Waiting timer = timers.peek();
        return timer == null || timer.due.isAfter(clock.instant()) ? null : timers.remove().task;
    }

    private synchronized Instant nextDue() {
        return timers.isEmpty() ? null : timers.peek().due;
    }

    private record Waiting(Instant due, long number, Runnable task) {}
}
