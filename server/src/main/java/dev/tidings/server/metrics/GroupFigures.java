package dev.tidings.server.metrics;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.pressure.Throttled;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;

/// The figures of groups as they were last told. The groups furthest behind have figures of their own, up to a
/// number; those of the rest are put together under the name `other`.
final class GroupFigures implements MultiCollector {
    private static final BinaryOperator<Double> SUM = Double::sum;
    private static final List<Figure> GAUGES = List.of(
            new Figure("tidings_group_lag_events", "Events not settled yet", GroupStatus::lagEvents, SUM),
            new Figure(
                    "tidings_group_lag_seconds",
                    "Age of the oldest event not settled yet",
                    status -> status.lag().toNanos() / 1e9,
                    Math::max),
            new Figure("tidings_group_in_flight", "Events delivered and not settled", GroupStatus::inFlight, SUM),
            new Figure("tidings_group_instances", "Open consumer instances", GroupStatus::instances, SUM),
            new Figure(
                    "tidings_group_throttled_events",
                    "Events that wait for what their types may be delivered at",
                    status -> status.throttled().stream()
                            .mapToInt(Throttled::waiting)
                            .sum(),
                    SUM),
            new Figure(
                    "tidings_group_blocked",
                    "1 where events are there and none can be delivered",
                    status -> status.blocked() == null ? 0 : 1,
                    SUM));
    private static final List<Figure> COUNTERS = List.of(
            new Figure(
                    "tidings_group_redeliveries", "Deliveries that ended unconfirmed", GroupStatus::redeliveries, SUM),
            new Figure("tidings_group_dead", "Events that were dead for the group", GroupStatus::dead, SUM),
            new Figure(
                    "tidings_group_filtered_out",
                    "Events that the group's filter kept out",
                    status -> status.filtered().out(),
                    SUM),
            new Figure(
                    "tidings_group_filter_failures",
                    "Events on which the group's filter failed, which kept them out",
                    status -> status.filtered().failures(),
                    SUM));

    private final int most;
    private volatile List<GroupStatus> statuses = List.of();

    GroupFigures(int most) {
        this.most = most;
    }

    void update(Collection<GroupStatus> current) {
        List<GroupStatus> sorted = new ArrayList<>(current);
        sorted.sort(Comparator.comparingLong(GroupStatus::lagEvents).reversed().thenComparing(GroupStatus::group));
        statuses = sorted;
    }

    @Override
    public MetricSnapshots collect() {
        List<GroupStatus> current = statuses;
        List<MetricSnapshot> snapshots = new ArrayList<>();
        GAUGES.forEach(figure -> snapshots.add(gauge(figure, current)));
        COUNTERS.forEach(figure -> snapshots.add(counter(figure, current)));
        return new MetricSnapshots(snapshots);
    }

    private GaugeSnapshot gauge(Figure figure, List<GroupStatus> current) {
        var gauge = GaugeSnapshot.builder().name(figure.name).help(figure.help);
        rows(figure, current)
                .forEach(row -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(row.labels)
                        .value(row.value)
                        .build()));
        return gauge.build();
    }

    private CounterSnapshot counter(Figure figure, List<GroupStatus> current) {
        var counter = CounterSnapshot.builder().name(figure.name).help(figure.help);
        rows(figure, current)
                .forEach(row -> counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(row.labels)
                        .value(row.value)
                        .build()));
        return counter.build();
    }

    private List<Row> rows(Figure figure, List<GroupStatus> current) {
        int own = Math.min(most, current.size());
        List<Row> rows = new ArrayList<>(own + 1);
        for (GroupStatus status : current.subList(0, own)) {
            Labels labels = Labels.of(
                    "client",
                    status.group().client().value(),
                    "group",
                    status.group().name());
            rows.add(new Row(labels, figure.of.applyAsDouble(status)));
        }
        current.subList(own, current.size()).stream()
                .map(figure.of::applyAsDouble)
                .reduce(figure.together)
                .ifPresent(value -> rows.add(new Row(Labels.of("client", "other", "group", "other"), value)));
        return rows;
    }

    /// @param together how the figures of several groups become one
    private record Figure(
            String name, String help, ToDoubleFunction<GroupStatus> of, BinaryOperator<Double> together) {}

    private record Row(Labels labels, double value) {}
}
