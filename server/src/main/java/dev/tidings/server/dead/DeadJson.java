package dev.tidings.server.dead;

import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.DeadEvent;
import dev.tidings.broker.dead.DeadId;
import dev.tidings.broker.dead.DeadOutcome.Many;
import dev.tidings.broker.dead.DeadOutcome.RefusedOne;
import dev.tidings.broker.dead.DeadPage;
import dev.tidings.model.Bytes;
import dev.tidings.server.http.JsonObject;
import dev.tidings.wire.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What is told of dead events, as JSON. `docs/guide/dead-events.md` describes it.
final class DeadJson {
    private DeadJson() {}

    static Bytes page(DeadPage page) {
        return JsonObject.of(json -> {
            json.writeArrayPropertyStart("events");
            for (DeadEvent event : page.events()) {
                json.writeStartObject();
                summary(json, event);
                json.writeEndObject();
            }
            json.writeEndArray();
            next(json, page.next());
        });
    }

    static Bytes whole(DeadEvent event) {
        return JsonObject.of(json -> {
            summary(json, event);
            Original original = event.envelope().original();
            if (original != null) {
                json.writeStringProperty(
                        "acceptedAt",
                        Instant.ofEpochMilli(original.acceptedMillis()).toString());
                event(json, "original", original.json());
            }
            Bytes reported = event.envelope().reported();
            if (reported != null) {
                event(json, "reported", reported);
            }
        });
    }

    /// @param done what was done to them, in one word
    static Bytes many(String done, Many many) {
        return JsonObject.of(json -> {
            json.writeNumberProperty(done, many.done());
            json.writeNumberProperty("conflicts", many.conflicts());
            json.writeArrayPropertyStart("refused");
            for (RefusedOne one : many.refused()) {
                json.writeStartObject();
                json.writeStringProperty("id", one.id().toString());
                json.writeName("problem");
                json.writeRawValue(Problem.of(one.refusal()).json().toUtf8());
                json.writeEndObject();
            }
            json.writeEndArray();
            next(json, many.next());
        });
    }

    private static void summary(JsonGenerator json, DeadEvent event) {
        DeadEnvelope envelope = event.envelope();
        DeadReport report = envelope.report();
        json.writeStringProperty("id", event.id().toString());
        json.writeStringProperty("client", report.group().client().value());
        json.writeStringProperty("group", report.group().name());
        json.writeStringProperty("instance", report.instance());
        json.writeStringProperty("reason", report.reason().toString());
        text(json, "detail", report.detail());
        json.writeNumberProperty("attempts", report.attempts());
        json.writeStringProperty("deadSince", event.since().toString());
        json.writeBooleanProperty("matched", envelope.matched());
        json.writeBooleanProperty("changed", envelope.changed());
        Original original = envelope.original();
        if (original != null) {
            json.writeStringProperty("stream", original.partition().stream().value());
            json.writeNumberProperty("position", original.position());
        }
        json.writeObjectPropertyStart("event");
        json.writeStringProperty("type", envelope.type().value());
        DeadEnvelope.Identity identity = envelope.identity();
        text(json, "source", identity.source());
        text(json, "id", identity.id());
        json.writeEndObject();
    }

    private static void next(JsonGenerator json, @Nullable DeadId next) {
        text(json, "next", next == null ? null : next.toString());
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static void event(JsonGenerator json, String name, Bytes event) {
        json.writeName(name);
        json.writeRawValue(event.toUtf8());
    }
}
