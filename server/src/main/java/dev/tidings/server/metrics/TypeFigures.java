package dev.tidings.server.metrics;

import dev.tidings.broker.pressure.TypeLoad;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The figures of types of which the catalog says how fast they may be delivered, as they were last told: of those
/// that hold most events back, up to a number.
final class TypeFigures implements MultiCollector {
    private static final List<Figure> GAUGES = List.of(
            new Figure("tidings_type_throttled_rate", "Deliveries in the last second", TypeLoad::rate),
            new Figure(
                    "tidings_type_throttled_rate_limit",
                    "Deliveries that there may be in a second",
                    load -> load.limits().rate()),
            new Figure("tidings_type_throttled_unconfirmed", "Deliveries that are not confirmed", TypeLoad::held),
            new Figure(
                    "tidings_type_throttled_unconfirmed_limit",
                    "Deliveries that may be unconfirmed at once",
                    load -> load.limits().concurrency()),
            new Figure(
                    "tidings_type_throttled_waiting_events", "Events that wait for these limits", TypeLoad::waiting));

    private final int most;
    private volatile List<TypeLoad> loads = List.of();

    TypeFigures(int most) {
        this.most = most;
    }

    void update(List<TypeLoad> current) {
        loads = current.stream()
                .sorted(Comparator.comparingInt(TypeLoad::waiting).reversed().thenComparing(TypeLoad::type))
                .limit(most)
                .toList();
    }

    @Override
    public MetricSnapshots collect() {
        List<TypeLoad> current = loads;
        List<MetricSnapshot> snapshots = new ArrayList<>();
        GAUGES.forEach(figure -> snapshots.add(gauge(figure, current)));
        var delivered = CounterSnapshot.builder()
                .name("tidings_type_throttled_deliveries")
                .help("Deliveries since the limits were stated");
        current.forEach(load -> delivered.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(load))
                .value((double) load.delivered())
                .build()));
        snapshots.add(delivered.build());
        return new MetricSnapshots(snapshots);
    }

    private static GaugeSnapshot gauge(Figure figure, List<TypeLoad> current) {
        var gauge = GaugeSnapshot.builder().name(figure.name).help(figure.help);
        for (TypeLoad load : current) {
            Integer value = figure.of.apply(load);
            if (value != null) {
                gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels(load))
                        .value(value)
                        .build());
            }
        }
        return gauge.build();
    }

    private static Labels labels(TypeLoad load) {
        return Labels.of("type", load.type().value());
    }

    private record Figure(String name, String help, Function<TypeLoad, @Nullable Integer> of) {}
}
