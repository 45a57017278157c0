package dev.tidings.broker.loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loop on a platform thread of its own. A task that fails is logged; the loop goes on.
public final class LoopThread implements Loop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final int TASKS_BETWEEN_TIMERS = 64;
    private static final Comparator<Alarm> BY_TIME = (one, other) -> {
        int byTime = Long.signum(one.due - other.due);
        return byTime != 0 ? byTime : Long.compare(one.number, other.number);
    };

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(BY_TIME);
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final LongSupplier nanos;
    private final Thread thread;
    private long numbers;
    private volatile boolean closed;

    private static final class Alarm {
        final long due;
        final Runnable task;
        volatile boolean cancelled;
        long number;

        Alarm(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }
    }

    /// Starts the thread.
    public LoopThread(ThreadFactory threads) {
        this(threads, System::nanoTime);
    }

    /// Starts the thread, with timers by another clock than the machine's: one that goes as fast, only forward, and
    /// may leap, see [#catchUp].
    public LoopThread(ThreadFactory threads, LongSupplier nanos) {
        this.nanos = nanos;
        this.thread = threads.newThread(this::run);
        this.thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(nanos.getAsLong() + delay.toNanos(), task);
        execute(() -> {
            alarm.number = numbers++;
            alarms.add(alarm);
        });
        return () -> cancel(alarm);
    }

    /// The clock has leapt: fires the timers that are due now, behind the tasks that are queued.
    public void catchUp() {
        execute(() -> {}); // whoever has run a task looks at the timers next
    }

    /// Stops the thread behind the tasks that are queued, and waits for it; timers do not fire any more.
    @Override
    public void close() {
        execute(() -> closed = true);
        if (Thread.currentThread() != thread) {
            join();
        }
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel(Alarm alarm) {
        alarm.cancelled = true;
        execute(() -> alarms.remove(alarm));
    }

    private void run() {
        while (!closed) {
            runTasks();
            long wait = runAlarms();
            if (wait > 0) {
                sleep(wait);
            }
        }
    }

    private void runTasks() {
        Runnable task = tasks.poll();
        for (int i = 0; task != null && !closed; i++) {
            runSafely(task);
            task = i < TASKS_BETWEEN_TIMERS ? tasks.poll() : null;
        }
    }

    /// Runs what is due, and returns how many nanoseconds later the next is.
    private long runAlarms() {
        for (Alarm first = alarms.peek(); first != null && !closed; first = alarms.peek()) {
            long wait = first.due - nanos.getAsLong();
            if (wait > 0) {
                return wait;
            }
            alarms.remove();
            if (!first.cancelled) {
                runSafely(first.task);
            }
        }
        return Long.MAX_VALUE;
    }

    private void sleep(long nanos) {
        asleep.set(true);
        if (tasks.isEmpty() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep.set(false);
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of a loop failed", e);
        }
    }
}
