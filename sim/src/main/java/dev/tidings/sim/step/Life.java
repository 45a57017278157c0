package dev.tidings.sim.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The life of a process. When it ends, nothing of it runs any more: its threads stop where they are, as those of a
/// process that is killed.
public final class Life implements Executor {
    private final Scheduler scheduler;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Runnable> last = new ArrayList<>();
    private boolean over;
    private boolean dissolving;

    public Life(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    public boolean isOver() {
        return over;
    }

    public void end() {
        over = true;
    }

    /// Ends it, and lets those threads go that wait for a time by the machine's clock: the machine would keep them, and
    /// with them all they know. They are interrupted, and see only that.
    public void dissolve() {
        end();
        dissolving = true;
        for (Thread thread : threads) {
            if (thread.getState() == Thread.State.TIMED_WAITING) {
                thread.interrupt();
            }
        }
        dissolving = false;
        threads.clear();
        List.copyOf(last).forEach(Runnable::run);
        last.clear();
    }

    /// Runs a piece of a thread of this life, some time.
    @Override
    public void execute(Runnable piece) {
        if (!over) {
            scheduler.add(this, piece);
        } else if (dissolving) {
            last.add(piece);
        }
    }

    /// A thread that is not started. What it throws fails the world.
    public Thread unstarted(String name, Runnable what) {
        Thread thread = StepThreads.unstarted(this, name, () -> {
            try {
                what.run();
            } catch (RuntimeException | Error bug) {
                if (!over) {
                    scheduler.fail(bug);
                }
            }
        });
        if (name.equals("tidings-commit")) {
            threads.add(thread);
        }
        return thread;
    }

    public void start(String name, Runnable what) {
        unstarted(name, what).start();
    }

    /// Runs a short task once time has come so far, unless this life is over by then.
    public void after(Duration delay, Runnable task) {
        scheduler.after(this, delay.toNanos(), task);
    }

    /// Lets the calling thread, one of this life's, wait for so long.
    public void sleep(Duration time) {
        Thread sleeper = Thread.currentThread();
        boolean[] awake = new boolean[1];
        after(time, () -> {
            awake[0] = true;
            LockSupport.unpark(sleeper);
        });
        parkUntil(() -> awake[0]);
    }

    /// Somebody else may run before the calling thread goes on.
    @SuppressWarnings("ThreadPriorityCheck") // the scheduler that is relied on is ours
    public static void letOthersRun() {
        Thread.yield();
    }

    /// Lets the calling thread stop for ever.
    public static void stop() {
        parkUntil(() -> false);
    }

    private static void parkUntil(BooleanSupplier there) {
        while (!there.getAsBoolean()) {
            LockSupport.park();
        }
    }
}
