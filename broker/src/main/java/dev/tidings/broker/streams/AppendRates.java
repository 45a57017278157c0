package dev.tidings.broker.streams;

import dev.tidings.engine.EventLog;
import dev.tidings.engine.Partition;
import dev.tidings.model.StreamName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How many events a second come into each stream: averages that forget exponentially, over a minute and over ten.
/// What came before it was made does not count.
public final class AppendRates implements EventLog.AppendListener {
    private static final double MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final double TEN_MINUTES = TimeUnit.MINUTES.toNanos(10);
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Rates NONE = new Rates(0, 0);

    private final LongSupplier nanos;
    private final Map<Partition, Long> ends = new ConcurrentHashMap<>();
    private final Map<StreamName, Meter> meters = new ConcurrentHashMap<>();

    /// Events a second.
    public record Rates(double lastMinute, double lastTenMinutes) {}

    /// @param nanos a clock that only goes forward
    AppendRates(EventLog log, LongSupplier nanos) {
        this.nanos = nanos;
        for (StreamName stream : log.streams()) {
            for (Partition partition : log.partitions(stream)) {
                ends.put(partition, log.extent(partition).next());
            }
        }
    }

    @Override
    public void appended(Map<Partition, Long> newEnds) {
        newEnds.forEach((partition, end) -> {
            Long before = ends.put(partition, end);
            long events = end - (before == null ? 0 : before);
            if (events > 0) {
                meters.computeIfAbsent(partition.stream(), _ -> new Meter(nanos.getAsLong()))
                        .count(events, nanos.getAsLong());
            }
        });
    }

    Rates of(StreamName stream) {
        Meter meter = meters.get(stream);
        return meter == null ? NONE : meter.rates(nanos.getAsLong());
    }

    private static final class Meter {
        private long at;
        private double minute;
        private double tenMinutes;

        Meter(long now) {
            at = now;
        }

        synchronized void count(long events, long now) {
            forget(now);
            minute += events * SECOND / MINUTE;
            tenMinutes += events * SECOND / TEN_MINUTES;
        }

        synchronized Rates rates(long now) {
            forget(now);
            return new Rates(minute, tenMinutes);
        }

        private void forget(long now) {
            double passed = Math.max(0, now - at);
            minute *= Math.exp(-passed / MINUTE);
            tenMinutes *= Math.exp(-passed / TEN_MINUTES);
            at = now;
        }
    }
}
