package dev.tidings.sim.node;

import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.sim.step.Scheduler;
import dev.tidings.sim.step.Trace;
import java.time.Duration;
import java.util.SplittableRandom;

/// The machine on which one process after the other runs the broker: what is the same for all of them.
public final class Machine {
    final Scheduler scheduler;
    final Trace trace;
    final SplittableRandom random;
    final Mischief mischief;
    final WallClock clock;
    final Weather weather = new Weather();
    final Sizes sizes;
    private FaultyDisk disk;

    public Machine(Scheduler scheduler, Trace trace, SplittableRandom random, Mischief mischief) {
        this.scheduler = scheduler;
        this.trace = trace;
        this.random = random;
        this.mischief = mischief;
        this.clock = new WallClock(scheduler);
        this.sizes = Sizes.random(random);
        this.disk = new FaultyDisk(random.nextLong());
    }

    public WallClock clock() {
        return clock;
    }

    public Weather weather() {
        return weather;
    }

    /// No sink is called again later than that.
    public Duration longestRetry() {
        return sizes.callbacks().backoff().longest();
    }

    public FaultyDisk disk() {
        return disk;
    }

    /// Starts a process; it is not up before it says so.
    ///
    /// @param sinks leads it to those who are to be called
    public Node start(Witness witness, SinkNetwork sinks) {
        return new Node(this, disk, new Node.Around(witness, sinks));
    }

    /// The process is gone. What it had not synced is left, or lost, or something in between.
    public void recover() {
        switch (random.nextInt(4)) {
            case 0 -> {
                trace.note("the process is gone, the machine is not");
                disk = disk.recovered(Crash.OF_THE_PROCESS);
            }
            case 1 -> {
                trace.note("the power is gone, and all that was not synced");
                disk = disk.recovered(Crash.LOSING_ALL_UNSYNCED);
            }
            default -> {
                long seed = random.nextLong();
                trace.note("the power is gone, and some of what was not synced: " + seed);
                disk = disk.recovered(Crash.random(seed));
            }
        }
    }
}
