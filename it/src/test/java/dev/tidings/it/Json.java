package dev.tidings.it;

import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON trees.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array(Collection<? extends JsonNode> elements) {
        return MAPPER.createArrayNode().addAll(elements);
    }

    static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /// The `id` of each event, in order.
    public static List<String> ids(Collection<? extends JsonNode> events) {
        return events.stream().map(event -> event.path("id").asString()).toList();
    }
}
