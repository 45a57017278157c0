package dev.tidings.client;

import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// How a program's events are made, and their payloads read.
record EventForm(@Nullable URI source, JsonMapping json, NamingAdvice naming, Tracing tracing) {
    /// @param json null: Jackson 3 with its defaults
    static EventForm of(@Nullable URI source, @Nullable JsonMapping json) {
        return new EventForm(
                source,
                json == null ? JsonMapping.jackson(JsonMapper.builder().build()) : json,
                new NamingAdvice(),
                Tracing.none());
    }

    EventForm tracedBy(Tracing carrier) {
        return new EventForm(source, json, naming, carrier);
    }

    EventBuilder event(String type) {
        used(type);
        return new EventBuilder(UUID.randomUUID().toString(), type, source, json);
    }

    /// The program has to do with events of that type.
    void used(String type) {
        naming.about(type);
    }

    /// The event as it leaves: with the trace that is under way, where it has none of its own.
    CloudEvent outgoing(CloudEvent event) {
        used(event.getType());
        if (event.getExtension(Tracing.TRACEPARENT) != null) {
            return event;
        }
        Map<String, String> trace = tracing.outgoing(event);
        return trace.isEmpty() ? event : new ExtendedEvent(event, trace);
    }

    /// The handler, called in the trace of the event.
    EventHandler incoming(String group, EventHandler handler) {
        return handler instanceof AsyncHandler async
                ? AsyncHandler.of(event -> begun(event, group, async))
                : event -> tracing.handle(event, group, handler);
    }

    /// The trace is of what the handler does before it returns.
    private CompletionStage<?> begun(CloudEvent event, String group, AsyncHandler handler) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tracing.handle(
                event,
                group,
                begun -> handler.begin(begun).whenComplete((result, failure) -> {
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(failure);
                    }
                }));
        return done;
    }
}
