package dev.tidings.client.tracing;

import dev.tidings.client.EventHandler;
import dev.tidings.client.RetryLaterException;
import dev.tidings.client.Tracing;
import io.cloudevents.CloudEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/// Spans by the semantic conventions of OpenTelemetry for messaging and for CloudEvents: `create {type}` for each
/// event that is fired or published, `process {type}` for each call of a handler, which is linked to the former.
/// It is the latter's parent, too, unless the handler is called inside another span: then that is.
public final class OpenTelemetryTracing implements Tracing {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
    private static final AttributeKey<String> EVENT_ID = AttributeKey.stringKey("cloudevents.event_id");
    private static final AttributeKey<String> EVENT_SOURCE = AttributeKey.stringKey("cloudevents.event_source");
    private static final AttributeKey<String> EVENT_TYPE = AttributeKey.stringKey("cloudevents.event_type");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /// The extension of CloudEvents has the format of W3C, whatever else the program propagates.
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;

    private OpenTelemetryTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /// Spans by a tracer of the name `dev.tidings.client`.
    public static OpenTelemetryTracing of(OpenTelemetry telemetry) {
        return new OpenTelemetryTracing(telemetry.getTracer("dev.tidings.client"));
    }

    @Override
    public Map<String, String> outgoing(CloudEvent event) {
        Span span = span("create", event).setSpanKind(SpanKind.PRODUCER).startSpan();
        Map<String, String> attributes = new LinkedHashMap<>();
        W3C.inject(Context.current().with(span), attributes, (into, name, value) -> attributes.put(name, value));
        span.end();
        return attributes;
    }

    @Override
    public void handle(CloudEvent event, String group, EventHandler handler) throws Exception {
        Context here = Context.current();
        SpanContext creation = Span.fromContext(W3C.extract(Context.root(), event, new ExtensionGetter()))
                .getSpanContext();
        boolean inside = Span.fromContext(here).getSpanContext().isValid();
        Span span = span("process", event)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(GROUP, group)
                .setParent(inside ? here : here.with(Span.wrap(creation)))
                .addLink(creation)
                .startSpan();
        Callable<Boolean> handling = () -> {
            handler.handle(event);
            return true;
        };
        try {
            boolean unused = here.with(span).wrap(handling).call();
        } catch (RetryLaterException later) {
            span.addEvent("postponed");
            throw later;
        } catch (Throwable failure) {
            span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
            span.setAttribute(ERROR_TYPE, failure.getClass().getName());
            span.recordException(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private SpanBuilder span(String operation, CloudEvent event) {
        return tracer.spanBuilder(operation + " " + event.getType())
                .setAttribute(SYSTEM, "tidings")
                .setAttribute(OPERATION_NAME, operation)
                .setAttribute(OPERATION_TYPE, operation)
                .setAttribute(DESTINATION, event.getType())
                .setAttribute(MESSAGE_ID, event.getId())
                .setAttribute(EVENT_ID, event.getId())
                .setAttribute(EVENT_SOURCE, event.getSource().toString())
                .setAttribute(EVENT_TYPE, event.getType());
    }
}
