package dev.tidings.dist.demo;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An event of the demo, as a consumer reads it.
record Quake(ObjectNode event) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double STRONGEST = 10;
    private static final double EARTH_RADIUS_KM = 6371;

    static Quake read(String json) {
        return new Quake((ObjectNode) JSON.readTree(json));
    }

    static Quake of(JsonNode event) {
        return new Quake((ObjectNode) event);
    }

    String id() {
        return event.path("id").asString("");
    }

    String offset() {
        return event.path("offset").asString("");
    }

    double magnitude() {
        return event.path("data").path("mag").asDouble(0);
    }

    /// What a consumer that takes its work seriously finds wrong with it, although it satisfies the schema.
    Optional<String> flaw() {
        JsonNode data = event.path("data");
        double depth = data.path("coordinates").path(2).asDouble(0);
        if (magnitude() > STRONGEST) {
            return Optional.of("magnitude " + magnitude() + " is stronger than any earthquake");
        }
        if (depth > EARTH_RADIUS_KM) {
            return Optional.of("depth " + depth + " km is below the centre of the Earth");
        }
        if (updatedTooEarly(data.path("updated").asString(""))) {
            return Optional.of("it was updated before it happened");
        }
        return Optional.empty();
    }

    /// Itself with the reason why it cannot be used.
    String reported(String reason) {
        return JSON.writeValueAsString(event.deepCopy().put("deadreason", reason));
    }

    /// In one line.
    String line() {
        JsonNode data = event.path("data");
        return String.format(
                Locale.ROOT,
                "M %.1f  %s",
                magnitude(),
                data.path("place").asString(event.path("subject").asString("?")));
    }

    private boolean updatedTooEarly(String updated) {
        try {
            Instant happened = Instant.parse(event.path("time").asString(""));
            return Instant.parse(updated).isBefore(happened.minusSeconds(3600));
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
