package dev.tidings.client.metrics;

import dev.tidings.client.Metrics;
import dev.tidings.client.Metrics.Answer;
import dev.tidings.model.DataSize;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/// The meters of what buses send.
final class SendingMeters {
    private static final String PREFIX = "tidings.client.";

    private final Set<Open> buses = ConcurrentHashMap.newKeySet();
    private final Map<Answer, Timer> answers = new EnumMap<>(Answer.class);
    private final Counter fired;
    private final Counter firedBytes;
    private final Counter overflowed;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter refused;

    SendingMeters(MeterRegistry registry) {
        fired = counter(registry, "fired", BaseUnits.EVENTS, "Events that were fired");
        firedBytes = counter(registry, "fired.bytes", BaseUnits.BYTES, "JSON of events that were fired");
        overflowed = counter(registry, "overflowed", BaseUnits.EVENTS, "Events that had no room in the buffer");
        accepted = counter(registry, "accepted", BaseUnits.EVENTS, "Events that are durable, duplicates among them");
        duplicates = counter(registry, "duplicates", BaseUnits.EVENTS, "Accepted events that were stored before");
        refused = counter(registry, "refused", BaseUnits.EVENTS, "Events that the broker will never take");
        for (Answer answer : Answer.values()) {
            answers.put(
                    answer,
                    Timer.builder(PREFIX + "requests")
                            .description("Requests to publish, from the first byte to the answer")
                            .tag("outcome", answer.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        gauge(registry, "waiting", BaseUnits.EVENTS, open -> open.events);
        gauge(registry, "waiting.bytes", BaseUnits.BYTES, open -> open.bytes);
        gauge(registry, "buffer.bytes", BaseUnits.BYTES, open -> open.buffer.bytes());
    }

    /// For one bus, until that is closed.
    Metrics.Sending open(DataSize buffer) {
        Open open = new Open(buffer);
        buses.add(open);
        return open;
    }

    private static Counter counter(MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder(PREFIX + name)
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String unit, ToLongFunction<Open> figure) {
        Gauge.builder(
                        PREFIX + name,
                        buses,
                        open -> open.stream().mapToLong(figure).sum())
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }

    private final class Open implements Metrics.Sending {
        private final DataSize buffer;
        private volatile long events;
        private volatile long bytes;

        Open(DataSize buffer) {
            this.buffer = buffer;
        }

        @Override
        public void fired(int size) {
            fired.increment();
            firedBytes.increment(size);
        }

        @Override
        public void overflowed() {
            overflowed.increment();
        }

        @Override
        public void waiting(long nowEvents, long nowBytes) {
            events = nowEvents;
            bytes = nowBytes;
        }

        @Override
        public void answered(Answer answer, Duration took) {
            Timer timer = answers.get(answer);
            if (timer != null) {
                timer.record(took);
            }
        }

        @Override
        public void accepted(int more, int duplicatesAmongThem) {
            accepted.increment(more);
            duplicates.increment(duplicatesAmongThem);
        }

        @Override
        public void refused(int more) {
            refused.increment(more);
        }

        @Override
        public void close() {
            buses.remove(this);
        }
    }
}
