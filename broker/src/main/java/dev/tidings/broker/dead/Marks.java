package dev.tidings.broker.dead;

import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.engine.Batch;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Attributes that the broker sets on an event which it sends again or hands to an error handler. All other members
/// stay byte for byte as they were.
final class Marks {
    /// How often programs have repaired the event.
    static final String ROUND = "repairround";

    private static final JsonFactory JSON = DeadEnvelopeJson.JSON;

    private Marks() {}

    /// How often programs have repaired what had been delivered. Only the broker's word counts: a producer may have
    /// named an attribute so, too.
    static int rounds(DeadEnvelope envelope) {
        Original original = envelope.original();
        return original != null && original.partition().stream().internal() ? round(original.json()) : 0;
    }

    static Batch.Entry on(Batch.Entry entry, Map<String, Object> attributes) {
        Event event = entry.event();
        Event marked = new Event(
                event.id(),
                event.source(),
                event.type(),
                event.partitionKey(),
                event.time(),
                event.dataRef(),
                event.data(),
                on(event.json(), attributes));
        return new Batch.Entry(entry.stream(), marked, entry.deduplication());
    }

    /// The event with these attributes, strings or integers, in place of those of the same names.
    ///
    /// @param json a JSON object
    static Bytes on(Bytes json, Map<String, Object> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length() + 64 * attributes.size());
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            generator.writeStartObject();
            attributes.forEach((name, value) -> {
                if (value instanceof Integer number) {
                    generator.writeNumberProperty(name, number);
                } else {
                    generator.writeStringProperty(name, value.toString());
                }
            });
            generator.writeEndObject();
        }
        byte[] head = out.toByteArray();
        out.reset();
        out.write(head, 0, head.length - 1);
        appendOthers(out, json, attributes);
        out.write('}');
        return Bytes.of(out.toByteArray());
    }

    private static void appendOthers(ByteArrayOutputStream out, Bytes json, Map<String, Object> attributes) {
        try (JsonParser parser = parser(json)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
                parser.nextToken();
                parser.skipChildren();
                parser.finishToken();
                int to = Math.toIntExact(parser.currentLocation().getByteOffset());
                if (!attributes.containsKey(name)) {
                    out.write(',');
                    Bytes member = json.slice(from, to);
                    out.write(member.array(), member.offset(), member.length());
                }
            }
        }
    }

    private static int round(Bytes json) {
        try (JsonParser parser = parser(json)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (name.equals(ROUND)) {
                    return token == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
                }
                parser.skipChildren();
            }
            return 0;
        } catch (JacksonException _) {
            return 0;
        }
    }

    private static JsonParser parser(Bytes json) {
        return JSON.createParser(ObjectReadContext.empty(), json.array(), json.offset(), json.length());
    }
}
