package dev.tidings.cli;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes an event of a line: a CloudEvent stays as it is, bare data gets attributes around it.
final class EventForm {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable Attributes attributes;
    private final RandomGenerator random;

    /// @param attributes of events made from their data; null: every line must be a CloudEvent
    EventForm(@Nullable Attributes attributes, RandomGenerator random) {
        this.attributes = attributes;
        this.random = random;
    }

    /// The event as JSON. A [Complaint] says what is wrong with the line.
    byte[] event(byte[] line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JacksonException notJson) {
            throw Complaint.wrongInput("this is not JSON: " + firstLine(notJson.getOriginalMessage()));
        }
        if (json.isObject() && json.has("specversion")) {
            return line;
        }
        if (attributes == null) {
            throw Complaint.wrongInput("this is no CloudEvent (it has no 'specversion'); to send it as the data of one,"
                    + " give --type and --source");
        }
        return JSON.writeValueAsBytes(around(json, attributes));
    }

    private ObjectNode around(JsonNode data, Attributes given) {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", new UUID(random.nextLong(), random.nextLong()).toString())
                .put("source", given.source)
                .put("type", given.type);
        if (given.subject != null) {
            event.put("subject", given.subject);
        }
        if (given.partitionKeyAt != null) {
            JsonNode key = data.at(given.partitionKeyAt);
            if (!key.isValueNode() || key.isNull()) {
                throw Complaint.wrongInput(
                        "there is no text or number at " + given.partitionKeyAt + " for the partition key");
            }
            event.put("partitionkey", key.asString());
        }
        event.set("data", data);
        return event;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /// @param partitionKeyAt a JSON pointer into the data; null: events get no key
    record Attributes(
            String type,
            String source,
            @Nullable String subject,
            @Nullable String partitionKeyAt) {}
}
