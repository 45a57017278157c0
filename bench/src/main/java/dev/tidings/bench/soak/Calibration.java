package dev.tidings.bench.soak;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Finds the greatest load that a server keeps up with on this machine, consumers and generator beside it, by
/// raising it step by step.
final class Calibration {
    private static final double FIRST = 4_000;
    private static final double STEP = 1.4;
    private static final long STEP_MILLIS = 5_000;
    private static final double KEPT_UP = 0.9;

    private Calibration() {}

    /// Starts the traffic, and returns events a second. When it returns, the consumers have caught up.
    static double greatest(Traffic traffic) throws InterruptedException {
        double greatest = 0;
        double next = FIRST;
        traffic.start(next);
        while (true) {
            traffic.producers().pace(next);
            traffic.producers().lap();
            Thread.sleep(STEP_MILLIS);
            double reached = traffic.producers().lap().perSecond();
            long behind = traffic.missing();
            System.err.printf(
                    Locale.ROOT, "… calibration: %,.0f of %,.0f events/s, %,d behind%n", reached, next, behind);
            greatest = Math.max(greatest, Math.min(reached, next));
            if (reached < KEPT_UP * next || behind > next) {
                break;
            }
            next *= STEP;
        }
        traffic.producers().pace(FIRST);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (traffic.missing() > FIRST && System.nanoTime() < deadline) {
            Thread.sleep(500);
        }
        return greatest;
    }
}
