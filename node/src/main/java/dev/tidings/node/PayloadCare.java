package dev.tidings.node;

import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.broker.payloads.Payloads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sweeps payloads now and then, on a thread of its own.
final class PayloadCare implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PayloadCare.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int PART = 8;

    private final Payloads payloads;
    private final ScheduledExecutorService timer;

    private PayloadCare(Payloads payloads, ScheduledExecutorService timer) {
        this.payloads = payloads;
        this.timer = timer;
    }

    static PayloadCare start(Payloads payloads) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("payload-sweeper").factory());
        PayloadCare care = new PayloadCare(payloads, timer);
        long every = every(payloads.config()).toMillis();
        var _ = timer.scheduleWithFixedDelay(care::sweep, every, every, TimeUnit.MILLISECONDS);
        return care;
    }

    /// Soon enough after the shortest time that something is kept for.
    private static Duration every(PayloadConfig config) {
        Duration shortest =
                config.unreferenced().compareTo(config.unfinished()) < 0 ? config.unreferenced() : config.unfinished();
        Duration part = shortest.dividedBy(PART);
        return part.compareTo(LONGEST) > 0 ? LONGEST : part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
    }

    /// Removes now what is due.
    void sweep() {
        try {
            payloads.sweep();
        } catch (IOException | RuntimeException e) { // the top of this thread: it goes on with the next sweep
            LOG.error("payloads could not be swept", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
