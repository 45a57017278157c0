package dev.tidings.client;

import io.cloudevents.CloudEvent;
import java.util.Map;

/// Carries the trace of whoever fires an event to whoever handles it, in the attributes of the extension for
/// distributed tracing of CloudEvents (1.0.2, `extensions/distributed-tracing.md`; the values are those of W3C
/// Trace Context). Is called by whichever thread fires or handles, and may be used by several buses. By
/// OpenTelemetry: [dev.tidings.client.tracing.OpenTelemetryTracing].
public interface Tracing {
    /// Name of the attribute that says which trace an event belongs to.
    String TRACEPARENT = "traceparent";

    /// Name of the attribute with what vendors add to it.
    String TRACESTATE = "tracestate";

    /// What is written into an event that is fired or published now by this thread: [#TRACEPARENT], and
    /// [#TRACESTATE] where there is one; empty: nothing. Not asked for events that have a trace already.
    Map<String, String> outgoing(CloudEvent event);

    /// Has the event handled by that handler, with the event's trace being the one under way. Returns and
    /// throws what the handler does.
    ///
    /// @param group of the listener; inside one process the listener's name
    void handle(CloudEvent event, String group, EventHandler handler) throws Exception;

    /// Leaves events as they are.
    static Tracing none() {
        return new Tracing() {
            @Override
            public Map<String, String> outgoing(CloudEvent event) {
                return Map.of();
            }

            @Override
            public void handle(CloudEvent event, String group, EventHandler handler) throws Exception {
                handler.handle(event);
            }
        };
    }
}
