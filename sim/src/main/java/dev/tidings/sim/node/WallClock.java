package dev.tidings.sim.node;

import dev.tidings.engine.testkit.HandClock;
import dev.tidings.sim.step.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The machine's clock: goes with the world's time, and is set forwards and backwards now and then.
public final class WallClock implements InstantSource {
    private final Scheduler scheduler;
    private Duration offset = Duration.ZERO;
    private Instant latest = Instant.MIN;

    public WallClock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Instant instant() {
        return HandClock.START.plus(offset).plusNanos(scheduler.nanos());
    }

    public void jump(Duration by) {
        latest = latest();
        offset = offset.plus(by);
    }

    /// The latest time it has shown: what was too old then is gone, though the clock has been set back since.
    public Instant latest() {
        Instant now = instant();
        return now.isAfter(latest) ? now : latest;
    }
}
