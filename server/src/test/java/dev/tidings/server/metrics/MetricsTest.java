package dev.tidings.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.lanes.LaneBacklog;
import dev.tidings.broker.pressure.TypeLoad;
import dev.tidings.engine.EngineStatus;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.server.metrics.MetricsConfig.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics(new MetricsConfig(Access.LOCAL, 2));

    @AfterEach
    void close() {
        metrics.close();
    }

    private static GroupStatus group(String name, long lag, String blocked) {
        return new GroupStatus(
                new GroupName(new ClientName("shop"), name),
                lag,
                Duration.ofSeconds(lag),
                1,
                2,
                0,
                blocked,
                3,
                4,
                GroupStatus.Filtered.NONE,
                List.of());
    }

    @Test
    void countsWhatWasAccepted() {
        metrics.publisher().accepted(new ClientName("shop"), 3, 1, 500);
        metrics.publisher().accepted(new ClientName("bank"), 2, 0, 100);

        assertThat(metrics.text())
                .contains("tidings_events_accepted_total 5.0")
                .contains("tidings_events_duplicate_total 1.0")
                .contains("tidings_events_accepted_bytes_total 600.0");
    }

    @Test
    void countsErrorsByTheirCodeAndHasOneForEach() {
        metrics.refused(ErrorCode.SCHEMA_VIOLATED);

        assertThat(metrics.text()).contains("tidings_requests_refused_total{reason=\"schema-violated\"} 1.0");
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(metrics.text()).contains("tidings_requests_refused_total{reason=\"" + code.slug() + "\"}");
        }
    }

    @Test
    void countsWhatIsOverTheQuotasOfAClientAndAddsUpTheClientsThatComeLast() {
        for (String client : List.of("shop", "bank", "desk", "shop", "till")) {
            metrics.overQuota(new ClientName(client));
        }

        assertThat(metrics.text())
                .contains("tidings_client_over_quota_total{client=\"shop\"} 2.0")
                .contains("tidings_client_over_quota_total{client=\"bank\"} 1.0")
                .contains("tidings_client_over_quota_total{client=\"other\"} 2.0");
    }

    @Test
    void measuresCommits() {
        var engine = metrics.engine();
        engine.committed(10, 4096, 2_000_000);
        engine.failed("a write");

        assertThat(metrics.text())
                .contains("tidings_store_commit_seconds_count 1")
                .contains("tidings_store_commit_seconds_sum 0.002")
                .contains("tidings_store_commit_batches_sum 10.0")
                .contains("tidings_store_written_bytes_total 4096.0")
                .contains("tidings_store_failures_total 1.0");
    }

    @Test
    void tellsTheFiguresOfGroups() {
        metrics.groups().update(List.of(group("night", 7, "blocked: unconfirmed")));

        assertThat(metrics.text())
                .contains("tidings_group_lag_events{client=\"shop\",group=\"night\"} 7.0")
                .contains("tidings_group_lag_seconds{client=\"shop\",group=\"night\"} 7.0")
                .contains("tidings_group_in_flight{client=\"shop\",group=\"night\"} 2.0")
                .contains("tidings_group_instances{client=\"shop\",group=\"night\"} 1.0")
                .contains("tidings_group_blocked{client=\"shop\",group=\"night\"} 1.0")
                .contains("tidings_group_redeliveries_total{client=\"shop\",group=\"night\"} 3.0")
                .contains("tidings_group_dead_total{client=\"shop\",group=\"night\"} 4.0");
    }

    @Test
    void tellsHowTypesAreThrottledThatHaveLimits() {
        EventType type = new EventType("A.B.C.Done");
        metrics.types().update(List.of(new TypeLoad(type, new DeliveryLimits(200, null), 150, 7, 12, 900)));

        assertThat(metrics.text())
                .contains("tidings_type_throttled_rate{type=\"A.B.C.Done\"} 150.0")
                .contains("tidings_type_throttled_rate_limit{type=\"A.B.C.Done\"} 200.0")
                .contains("tidings_type_throttled_unconfirmed{type=\"A.B.C.Done\"} 7.0")
                .contains("tidings_type_throttled_waiting_events{type=\"A.B.C.Done\"} 12.0")
                .contains("tidings_type_throttled_deliveries_total{type=\"A.B.C.Done\"} 900.0")
                .doesNotContain("tidings_type_throttled_unconfirmed_limit{");
    }

    @Test
    void addsUpTheGroupsThatAreLeastBehindSoThatLabelsStayFew() {
        List<GroupStatus> many = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            many.add(group("g" + i, i * 10L, null));
        }
        metrics.groups().update(many);

        assertThat(metrics.text())
                .contains("tidings_group_lag_events{client=\"shop\",group=\"g5\"} 50.0")
                .contains("tidings_group_lag_events{client=\"shop\",group=\"g4\"} 40.0")
                .contains("tidings_group_lag_events{client=\"other\",group=\"other\"} 60.0")
                .contains("tidings_group_lag_seconds{client=\"other\",group=\"other\"} 30.0")
                .doesNotContain("group=\"g3\"");
    }

    @Test
    void tellsWhatLanesHoldAndAddsUpThoseThatHoldLeast() {
        ClientName shop = new ClientName("shop");
        metrics.lanes()
                .update(List.of(
                        new LaneBacklog(new ClientName("bank"), Lane.DEAD, 1),
                        new LaneBacklog(shop, Lane.DEAD, 7),
                        new LaneBacklog(new ClientName("desk"), Lane.TEST, 2),
                        new LaneBacklog(shop, Lane.TEST, 5)));

        assertThat(metrics.text())
                .contains("tidings_lane_unsettled_events{client=\"shop\",lane=\"dead\"} 7.0")
                .contains("tidings_lane_unsettled_events{client=\"shop\",lane=\"test\"} 5.0")
                .contains("tidings_lane_unsettled_events{client=\"other\",lane=\"other\"} 3.0")
                .doesNotContain("bank", "desk");
    }

    @Test
    void tellsHowTheStoreAndTheProcessAre() {
        EngineStatus status = new EngineStatus("the disk is full", new DataSize(10), new DataSize(20), 0.5);
        Gauges.store(metrics, () -> status);
        Gauges.connections(metrics, () -> 3, () -> 2, () -> 1);

        assertThat(metrics.text())
                .contains("tidings_store_writable 0.0")
                .contains("tidings_store_wal_use 0.5")
                .contains("tidings_store_used_bytes 10.0")
                .contains("tidings_store_usable_bytes 20.0")
                .contains("tidings_http_connections 3.0")
                .contains("tidings_http_requests_active 2.0")
                .contains("tidings_websocket_connections 1.0")
                .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime_seconds");
    }
}
