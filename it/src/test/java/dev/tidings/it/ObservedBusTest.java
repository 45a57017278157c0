package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Connecting;
import dev.tidings.client.Credentials;
import dev.tidings.client.Listening;
import dev.tidings.client.Tidings;
import dev.tidings.client.metrics.MicrometerMetrics;
import dev.tidings.client.tracing.OpenTelemetryTracing;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What can be seen of a Java program on both sides of a real broker.
class ObservedBusTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @Test
    void carriesATraceFromWhoeverFiresToTheHandlerInAnotherProgram() throws InterruptedException {
        OpenTelemetryTracing tracing = OpenTelemetryTracing.of(TELEMETRY.getOpenTelemetry());
        Span order = TELEMETRY
                .getOpenTelemetry()
                .getTracer("program")
                .spanBuilder("order")
                .startSpan();
        try (Bus shop = bus("shop").tracing(tracing).open();
                Bus desk = bus("desk").tracing(tracing).open()) {
            desk.listen(
                    Listening.to("print", Shop.PLACED),
                    event -> seen.add(Span.current().getSpanContext().getTraceId()));
            try (var _ = order.makeCurrent()) {
                shop.fire(placed(shop));
            }

            assertThat(next()).isEqualTo(order.getSpanContext().getTraceId());
        } finally {
            order.end();
        }
        assertThat(TELEMETRY.getSpans())
                .filteredOn(span -> span.getName().startsWith("process"))
                .allSatisfy(span -> assertThat(span.getAttributes().asMap()).containsValue("desk-print"))
                .isNotEmpty();
    }

    @Test
    void countsOnBothSidesOfTheBroker() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerMetrics metrics = MicrometerMetrics.of(registry);
        try (Bus shop = bus("shop").metrics(metrics).open();
                Bus desk = bus("desk").metrics(metrics).open()) {
            desk.listen(
                    Listening.to("print", Shop.PLACED),
                    event -> seen.add(registry.get("tidings.client.listener.connected")
                            .gauge()
                            .value()));
            shop.fire(placed(shop));
            shop.flush().join();
            CloudEvent again = placed(shop);
            shop.publish(List.of(again)).join();
            shop.publish(List.of(again)).join();

            assertThat(next()).isEqualTo(1.0);
            assertThat(next()).isEqualTo(1.0);
        }

        assertThat(count(registry, "fired")).isEqualTo(1);
        assertThat(count(registry, "accepted")).isEqualTo(3);
        assertThat(count(registry, "duplicates")).isEqualTo(1);
        assertThat(count(registry, "listener.received")).isEqualTo(2);
        assertThat(registry.get("tidings.client.listener.handling")
                        .tag("outcome", "handled")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("tidings.client.listener.connected").gauge().value())
                .isZero();
    }

    private static double count(SimpleMeterRegistry registry, String name) {
        return registry.get("tidings.client." + name).counter().count();
    }

    private static CloudEvent placed(Bus bus) {
        return bus.event(Shop.PLACED).build();
    }

    private Connecting bus(String client) {
        return Tidings.connect(URI.create(broker.client(client).base()))
                .credentials(Credentials.apiKey(client))
                .source(URI.create(Shop.SOURCE))
                .service(client);
    }

    private Object next() throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }
}
