package dev.tidings.sim.node;

import java.time.Duration;

/// How the disk is now.
public final class Weather {
    private int slowOneIn;
    private Duration slowness = Duration.ZERO;

    /// One in so many operations takes so long; 0: none does.
    public void slow(int oneIn, Duration time) {
        slowOneIn = oneIn;
        slowness = time;
    }

    public void fair() {
        slowOneIn = 0;
    }

    int slowOneIn() {
        return slowOneIn;
    }

    Duration slowness() {
        return slowness;
    }
}
