package dev.tidings.client.metrics;

import dev.tidings.client.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/// The meters of listeners of one name.
final class ReceivingMeters {
    private static final String PREFIX = "tidings.client.listener.";
    private static final String LISTENER = "listener";

    private final Set<Open> listeners = ConcurrentHashMap.newKeySet();
    private final Counter received;
    private final Counter dead;
    private final Timer handled;
    private final Timer failed;
    private final Timer postponed;

    ReceivingMeters(MeterRegistry registry, String listener) {
        received = counter(registry, "received", listener, "Events that came, some of them again");
        dead = counter(registry, "dead", listener, "Events that were given up");
        handled = timer(registry, listener, "handled");
        failed = timer(registry, listener, "failed");
        postponed = timer(registry, listener, "postponed");
        gauge(registry, "connected", listener, open -> open.connected ? 1 : 0);
        gauge(registry, "inhand", listener, open -> open.inHand.get());
    }

    /// For one listener, until that is closed.
    Metrics.Receiving open() {
        Open open = new Open();
        listeners.add(open);
        return open;
    }

    private static Counter counter(MeterRegistry registry, String name, String listener, String description) {
        return Counter.builder(PREFIX + name)
                .tag(LISTENER, listener)
                .baseUnit(BaseUnits.EVENTS)
                .description(description)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String listener, String outcome) {
        return Timer.builder(PREFIX + "handling")
                .tag(LISTENER, listener)
                .tag("outcome", outcome)
                .description("Calls of the handler")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String listener, ToLongFunction<Open> figure) {
        Gauge.builder(
                        PREFIX + name,
                        listeners,
                        open -> open.stream().mapToLong(figure).sum())
                .tag(LISTENER, listener)
                .strongReference(true)
                .register(registry);
    }

    private final class Open implements Metrics.Receiving {
        private final AtomicLong inHand = new AtomicLong();
        private volatile boolean connected;

        @Override
        public void connected(boolean now) {
            connected = now;
        }

        @Override
        public void received() {
            received.increment();
            inHand.incrementAndGet();
        }

        @Override
        public void handled(Duration took) {
            handled.record(took);
            inHand.decrementAndGet();
        }

        @Override
        public void failed(Duration took) {
            failed.record(took);
        }

        @Override
        public void postponed(Duration took) {
            postponed.record(took);
        }

        @Override
        public void dead() {
            dead.increment();
            inHand.decrementAndGet();
        }

        @Override
        public void released() {
            inHand.decrementAndGet();
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }
}
