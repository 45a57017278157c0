package dev.tidings.server.metrics;

import dev.tidings.broker.publishing.PublishObserver;
import dev.tidings.engine.EngineObserver;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.server.http.Refusals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// The figures of this process. It is made before the engine and the publisher, which are given what observes them,
/// and handed to the server, which tells them. Every label has few values, whatever clients do. May be used by any
/// thread.
public final class Metrics implements Refusals, AutoCloseable {
    private static final Duration FASTEST = Duration.ofNanos(50_000);
    private static final ClientName OTHER = new ClientName("other");
    private static final Duration SLOWEST = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);
    private final Map<ClientName, Counter> overQuota = new ConcurrentHashMap<>();
    private final int mostClients;
    private final Timer publishing = timer("tidings.publish", "From a parsed request to its durable answer");
    private final GroupFigures groups;
    private final LaneFigures lanes;
    private final TypeFigures types;

    public Metrics(MetricsConfig config) {
        mostClients = config.groups();
        groups = new GroupFigures(config.groups());
        lanes = new LaneFigures(config.groups());
        types = new TypeFigures(config.groups());
        registry.getPrometheusRegistry().register(groups);
        registry.getPrometheusRegistry().register(lanes);
        registry.getPrometheusRegistry().register(types);
        for (ErrorCode code : ErrorCode.values()) {
            refused.put(
                    code,
                    Counter.builder("tidings.requests.refused")
                            .description("Requests answered with an error")
                            .tag("reason", code.slug())
                            .register(registry));
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /// Watches an engine.
    public EngineObserver engine() {
        return new CommitFigures(this);
    }

    /// Watches a publisher. What it refuses is counted with all other refusals, where they are answered.
    public PublishObserver publisher() {
        Counter accepted = counter("tidings.events.accepted", "Events made durable, duplicates among them");
        Counter duplicates = counter("tidings.events.duplicate", "Accepted events that had been stored before");
        Counter bytes = counter("tidings.events.accepted.bytes", "JSON of accepted events");
        return new PublishObserver() {
            @Override
            public void accepted(ClientName client, int events, int duplicate, long size) {
                accepted.increment(events);
                duplicates.increment(duplicate);
                bytes.increment((double) size);
            }

            @Override
            public void refused(ErrorCode code) {}
        };
    }

    @Override
    public void refused(ErrorCode code) {
        Counter counter = refused.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void overQuota(ClientName client) {
        ClientName told = overQuota.size() < mostClients || overQuota.containsKey(client) ? client : OTHER;
        overQuota
                .computeIfAbsent(
                        told,
                        name -> Counter.builder("tidings.client.over.quota")
                                .description("Requests refused because of a quota of the client")
                                .tag("client", name.value())
                                .register(registry))
                .increment();
    }

    /// A request to publish was answered after this time.
    public void published(long nanos) {
        publishing.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// Tells a figure that is looked up when it is asked for.
    public <T> void gauge(String name, String description, T of, ToDoubleFunction<T> figure) {
        Gauge.builder(name, of, figure)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /// Tells a figure that only grows, and is looked up when it is asked for.
    public <T> void total(String name, String description, T of, ToDoubleFunction<T> figure) {
        FunctionCounter.builder(name, this, _ -> figure.applyAsDouble(of))
                .description(description)
                .register(registry);
    }

    /// The figures of groups, which are brought up to date by hand.
    GroupFigures groups() {
        return groups;
    }

    /// The figures of lanes, which are brought up to date by hand.
    LaneFigures lanes() {
        return lanes;
    }

    /// The figures of types with limits, which are brought up to date by hand.
    TypeFigures types() {
        return types;
    }

    /// All figures in the text format of Prometheus.
    String text() {
        return registry.scrape();
    }

    Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(FASTEST)
                .maximumExpectedValue(SLOWEST)
                .register(registry);
    }

    DistributionSummary sizes(String name, String description, int largest) {
        return DistributionSummary.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(1.0)
                .maximumExpectedValue((double) largest)
                .register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
