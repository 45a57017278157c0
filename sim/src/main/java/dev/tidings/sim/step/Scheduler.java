package dev.tidings.sim.step;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Runs what is ready, one piece at a time, in random order; where nothing is, time goes on to the next alarm.
///
/// Threads are virtual ones whose scheduler this is, so the product's blocking code runs as it is: whatever parks
/// (a lock, a queue, a wait for a future) gives the thread back, and a piece is what runs from one park to the next.
/// Two things would not come back to this thread and must not happen: timed parks that are not cut short, and a yield
/// inside a monitor that others want.
public final class Scheduler {
    private static final int EARLY_ALARM = 64;

    static {
        FixedOrder.set();
    }

    private final SplittableRandom random;
    private final Thread home = Thread.currentThread();
    private final List<Piece> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::due).thenComparingLong(Alarm::number));
    private long nanos;
    private long steps;
    private long numbers;
    private volatile @Nullable Throwable failure;

    private record Piece(Life life, Runnable what) {}

    private record Alarm(Life life, long due, long number, Runnable what) {}

    /// To be made, and used, by the one thread that is to run everything.
    public Scheduler(SplittableRandom random) {
        this.random = random;
    }

    /// The time since the beginning; it never goes back.
    public long nanos() {
        return nanos;
    }

    public long steps() {
        return steps;
    }

    /// What went wrong first; null while nothing has.
    public @Nullable Throwable failure() {
        return failure;
    }

    /// Something went wrong: nothing more is run.
    public void fail(Throwable what) {
        if (failure == null) {
            failure = what;
        }
    }

    /// Runs one piece; false where there is nothing to run any more, or something went wrong.
    public boolean step() {
        if (failure != null) {
            return false;
        }
        steps++;
        if (ready.isEmpty() || random.nextInt(EARLY_ALARM) == 0) {
            Alarm next = alarms.poll();
            if (next != null) {
                ring(next);
                return true;
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        Piece piece = take(random.nextInt(ready.size()));
        if (!piece.life.isOver()) {
            piece.what.run();
        }
        return true;
    }

    void add(Life life, Runnable what) {
        if (!Thread.currentThread().isVirtual() && Thread.currentThread() != home) {
            fail(new IllegalStateException("a step came from " + Thread.currentThread()));
        }
        ready.add(new Piece(life, what));
    }

    void after(Life life, long delay, Runnable what) {
        alarms.add(new Alarm(life, nanos + delay, numbers++, what));
    }

    private void ring(Alarm alarm) {
        if (!alarm.life.isOver()) {
            nanos = Math.max(nanos, alarm.due);
            alarm.what.run();
        }
    }

    private Piece take(int index) {
        Piece piece = ready.get(index);
        Piece last = ready.removeLast();
        if (index < ready.size()) {
            ready.set(index, last);
        }
        return piece;
    }
}
