package dev.tidings.server.metrics;

import dev.tidings.broker.lanes.LaneBacklog;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The figures of lanes as they were last told. The fullest lanes have figures of their own, up to a number; those of
/// the rest are added up under the name `other`.
final class LaneFigures implements MultiCollector {
    private final int most;
    private volatile List<LaneBacklog> backlogs = List.of();

    LaneFigures(int most) {
        this.most = most;
    }

    void update(Collection<LaneBacklog> current) {
        backlogs = current.stream()
                .sorted(Comparator.comparingLong(LaneBacklog::unsettled)
                        .reversed()
                        .thenComparing(LaneBacklog::client)
                        .thenComparing(LaneBacklog::lane))
                .toList();
    }

    @Override
    public MetricSnapshots collect() {
        List<LaneBacklog> current = backlogs;
        int own = Math.min(most, current.size());
        var gauge = GaugeSnapshot.builder()
                .name("tidings_lane_unsettled_events")
                .help("Events of a client's test or dead lane that nobody has settled");
        for (LaneBacklog backlog : current.subList(0, own)) {
            String lane = backlog.lane().name().toLowerCase(Locale.ROOT);
            gauge.dataPoint(point(backlog.client().value(), lane, backlog.unsettled()));
        }
        if (own < current.size()) {
            long rest = current.subList(own, current.size()).stream()
                    .mapToLong(LaneBacklog::unsettled)
                    .sum();
            gauge.dataPoint(point("other", "other", rest));
        }
        return new MetricSnapshots(gauge.build());
    }

    private static GaugeDataPointSnapshot point(String client, String lane, long unsettled) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("client", client, "lane", lane))
                .value((double) unsettled)
                .build();
    }
}
