package dev.tidings.client.metrics;

import dev.tidings.client.Metrics;
import dev.tidings.model.DataSize;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Meters of a registry, all of whose names begin with `tidings.client.`; the guide lists them. Those of buses have
/// no tags, those of listeners the listener's name: there are as many as the program has listeners, whatever
/// comes. May be used by any thread, and for several buses, whose figures are added.
public final class MicrometerMetrics implements Metrics {
    private final MeterRegistry registry;
    private final SendingMeters sending;
    private final Map<String, ReceivingMeters> listeners = new ConcurrentHashMap<>();

    private MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sending = new SendingMeters(registry);
    }

    /// Registers the meters there. Call it once for each registry.
    public static MicrometerMetrics of(MeterRegistry registry) {
        return new MicrometerMetrics(registry);
    }

    @Override
    public Sending sending(DataSize buffer) {
        return sending.open(buffer);
    }

    @Override
    public Receiving receiving(String listener) {
        return listeners
                .computeIfAbsent(listener, name -> new ReceivingMeters(registry, name))
                .open();
    }
}
