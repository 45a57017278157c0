package dev.tidings.client.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Delivery;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.RetryLaterException;
import dev.tidings.client.Retrying;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class OpenTelemetryTracingTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private static final String TYPE = "Shop.Web.Order.Placed";
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Tracer program = TELEMETRY.getOpenTelemetry().getTracer("program");
    private final List<CloudEvent> handled = new CopyOnWriteArrayList<>();

    @Test
    void leadsFromWhoeverFiresToTheHandler() {
        Span order = program.spanBuilder("order").startSpan();
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, handled::add);
            inside(order, () -> bus.fire(event(bus)));
            bus.flush().join();
        }

        SpanData create = span("create " + TYPE);
        SpanData process = span("process " + TYPE);
        assertThat(create.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(create.getParentSpanId()).isEqualTo(order.getSpanContext().getSpanId());
        assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(process.getTraceId()).isEqualTo(order.getSpanContext().getTraceId());
        assertThat(process.getParentSpanId()).isEqualTo(create.getSpanId());
        assertThat(linked(process)).containsExactly(create.getSpanId());
        assertThat(handled)
                .extracting(event -> event.getExtension("traceparent"))
                .containsExactly("00-" + create.getTraceId() + "-" + create.getSpanId() + "-"
                        + create.getSpanContext().getTraceFlags().asHex());
    }

    @Test
    void saysWhatTheConventionsAskFor() {
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, handled::add);
            bus.fire(bus.event(TYPE).id("e1").build());
            bus.flush().join();
        }

        SpanData process = span("process " + TYPE);
        assertThat(text(process, "messaging.system")).isEqualTo("tidings");
        assertThat(text(process, "messaging.operation.name")).isEqualTo("process");
        assertThat(text(process, "messaging.operation.type")).isEqualTo("process");
        assertThat(text(process, "messaging.destination.name")).isEqualTo(TYPE);
        assertThat(text(process, "messaging.consumer.group.name")).isEqualTo("print");
        assertThat(text(process, "messaging.message.id")).isEqualTo("e1");
        assertThat(text(process, "cloudevents.event_id")).isEqualTo("e1");
        assertThat(text(process, "cloudevents.event_source")).isEqualTo("/shop");
        assertThat(text(process, "cloudevents.event_type")).isEqualTo(TYPE);
        assertThat(text(span("create " + TYPE), "messaging.operation.type")).isEqualTo("create");
    }

    @Test
    void leavesATraceThatAnEventBringsAndGoesOnInIt() {
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, handled::add);
            bus.fire(bus.event(TYPE)
                    .extension("traceparent", PARENT)
                    .extension("tracestate", "vendor=1")
                    .build());
            bus.flush().join();
        }

        assertThat(TELEMETRY.getSpans())
                .singleElement()
                .satisfies(process -> assertThat(
                                process.getParentSpanContext().getTraceState().get("vendor"))
                        .isEqualTo("1"))
                .extracting(SpanData::getTraceId)
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(handled)
                .extracting(event -> event.getExtension("traceparent"))
                .containsExactly(PARENT);
    }

    @Test
    void beginsATraceWhereThatOfTheEventCanNotBeRead() {
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, handled::add);
            bus.fire(bus.event(TYPE).extension("traceparent", "no such").build());
            bus.flush().join();
        }

        SpanData process = span("process " + TYPE);
        assertThat(process.getParentSpanContext().isValid()).isFalse();
        assertThat(process.getLinks()).isEmpty();
    }

    @Test
    void letsTheHandlerWorkInsideItsSpan() {
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, event -> program.spanBuilder("work").startSpan().end());
            bus.fire(event(bus));
            bus.flush().join();
        }

        assertThat(span("work").getParentSpanId())
                .isEqualTo(span("process " + TYPE).getSpanId());
    }

    @Test
    void staysInsideTheSpanOfWhoeverCallsTheHandler() {
        Span order = program.spanBuilder("order").startSpan();
        try (Bus bus = open(Delivery.synchronous())) {
            listen(bus, handled::add);
            inside(order, () -> bus.fire(event(bus)));
        }

        SpanData process = span("process " + TYPE);
        assertThat(process.getParentSpanId()).isEqualTo(order.getSpanContext().getSpanId());
        assertThat(linked(process)).containsExactly(span("create " + TYPE).getSpanId());
    }

    @Test
    void tellsOfFailuresAndLetsThemThrough() {
        try (Bus bus = open(Delivery.synchronous())) {
            listen(bus, event -> {
                throw new IllegalStateException("the printer is away");
            });
            assertThatThrownBy(() -> bus.fire(event(bus))).hasMessage("the printer is away");
        }

        SpanData process = span("process " + TYPE);
        assertThat(process.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(process.getStatus().getDescription()).isEqualTo("the printer is away");
        assertThat(text(process, "error.type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(process.getEvents()).hasSize(1);
    }

    @Test
    void callsNoFailureWhatIsPutOff() {
        try (Bus bus = open(Delivery.synchronous())) {
            listen(bus, event -> {
                throw new RetryLaterException(Duration.ofMinutes(1));
            });
            assertThatThrownBy(() -> bus.fire(event(bus))).isInstanceOf(RetryLaterException.class);
        }

        SpanData process = span("process " + TYPE);
        assertThat(process.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(process.getEvents()).singleElement().extracting("name").isEqualTo("postponed");
    }

    private static Bus open(Delivery delivery) {
        return Tidings.inProcess()
                .source(URI.create("/shop"))
                .delivery(delivery)
                .tracing(OpenTelemetryTracing.of(TELEMETRY.getOpenTelemetry()))
                .open();
    }

    private static void listen(Bus bus, EventHandler handler) {
        bus.listen(Listening.to("print", TYPE).retrying(new Retrying(1, Duration.ZERO, Duration.ZERO)), handler);
    }

    private static CloudEvent event(Bus bus) {
        return bus.event(TYPE).build();
    }

    private static void inside(Span span, Runnable work) {
        try (var _ = span.makeCurrent()) {
            work.run();
        } finally {
            span.end();
        }
    }

    private static SpanData span(String name) {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> linked(SpanData span) {
        return span.getLinks().stream()
                .map(LinkData::getSpanContext)
                .map(context -> context.getSpanId())
                .toList();
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }
}
