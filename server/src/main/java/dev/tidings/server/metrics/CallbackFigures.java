package dev.tidings.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The figures of deliveries to HTTP sinks. May be used by any thread.
public final class CallbackFigures {
    private final Metrics metrics;
    private final Map<String, Timer> requests = new ConcurrentHashMap<>();
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Counter dead;
    private final AtomicInteger open = new AtomicInteger();

    public CallbackFigures(Metrics metrics) {
        this.metrics = metrics;
        dead = metrics.counter(
                "tidings.callback.dead", "Events that were given up, since their sinks did not take them");
        metrics.gauge("tidings.callback.breakers.open", "Sinks that are left alone for now", open, AtomicInteger::get);
    }

    /// A request is over.
    ///
    /// @param outcome one of few words
    /// @param held    how many events it held
    public void requested(String outcome, int held, long nanos) {
        requests.computeIfAbsent(outcome, this::timer).record(nanos, TimeUnit.NANOSECONDS);
        events.computeIfAbsent(outcome, this::counter).increment(held);
    }

    /// An event was given up.
    public void gaveUp() {
        dead.increment();
    }

    /// A sink is left alone from now on, or called again.
    public void breaker(boolean isOpen) {
        open.addAndGet(isOpen ? 1 : -1);
    }

    private Timer timer(String outcome) {
        return metrics.timer("tidings.callback.requests", "From a request to a sink to its answer", "outcome", outcome);
    }

    private Counter counter(String outcome) {
        return metrics.counter("tidings.callback.events", "Events in requests to sinks", "outcome", outcome);
    }
}
