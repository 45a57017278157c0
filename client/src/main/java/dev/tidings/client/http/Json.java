package dev.tidings.client.http;

import dev.tidings.client.UnavailableException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the broker tells of itself, as JSON.
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /// What is read in an answer.
    static <T> T read(HttpResponse<byte[]> answer, Function<JsonNode, T> reading) {
        try {
            return reading.apply(MAPPER.readTree(answer.body()));
        } catch (JacksonException strange) {
            throw new UnavailableException("an answer that can't be read: " + strange.getOriginalMessage());
        }
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : array) {
            texts.add(text.asString());
        }
        return List.copyOf(texts);
    }
}
