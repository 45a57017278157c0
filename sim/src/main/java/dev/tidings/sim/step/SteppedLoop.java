package dev.tidings.sim.step;

import dev.tidings.broker.loop.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// A broker's loop on a thread that the scheduler steps: its tasks run in order, and what else runs in between is
/// random.
public final class SteppedLoop implements Loop {
    private final Life life;
    private final SplittableRandom random;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Thread thread;

    public SteppedLoop(Life life, String name, SplittableRandom random) {
        this.life = life;
        this.random = random;
        this.thread = life.unstarted(name, this::run);
        this.thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        LockSupport.unpark(thread);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        boolean[] cancelled = new boolean[1];
        life.after(
                delay,
                () -> execute(() -> {
                    if (!cancelled[0]) {
                        task.run();
                    }
                }));
        return () -> cancelled[0] = true;
    }

    private void run() {
        while (true) {
            Runnable task = tasks.poll();
            if (task == null) {
                LockSupport.park();
                continue;
            }
            task.run();
            if (random.nextBoolean()) {
                Life.letOthersRun();
            }
        }
    }
}
