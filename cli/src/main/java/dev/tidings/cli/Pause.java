package dev.tidings.cli;

import java.time.Duration;

/// Waits. [Thread#sleep(Duration)], or what a test puts in its place.
@FunctionalInterface
public interface Pause {
    void of(Duration duration) throws InterruptedException;
}
