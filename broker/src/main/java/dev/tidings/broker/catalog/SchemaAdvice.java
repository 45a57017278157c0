package dev.tidings.broker.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What could be clearer in the schema of a type: an object that tells a date and a time of day apart, where one
/// date-time says when it was, and in which time zone. Pure.
final class SchemaAdvice {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> advice = new ArrayList<>();

    private SchemaAdvice() {}

    /// @param schema JSON, nested as deep as a catalog may be
    static List<String> of(String schema) {
        SchemaAdvice judge = new SchemaAdvice();
        judge.look(JSON.readTree(schema));
        return List.copyOf(judge.advice);
    }

    private void look(JsonNode schema) {
        String date = ofFormat("date", schema.path("properties"));
        String time = ofFormat("time", schema.path("properties"));
        if (!date.isEmpty() && !time.isEmpty()) {
            advice.add(
                    "the schema tells a date ('" + date + "') and a time ('" + time
                            + "') apart; one whole date-time (format: date-time), such as 2026-01-31T12:00:00Z, says when it was");
        }
        schema.forEach(this::look);
    }

    /// The first property of that format; empty where there is none.
    private static String ofFormat(String format, JsonNode properties) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (property.getValue().path("format").asString("").equals(format)) {
                return property.getKey();
            }
        }
        return "";
    }
}
