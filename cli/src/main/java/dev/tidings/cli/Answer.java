package dev.tidings.cli;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What the broker answered.
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int status, HttpHeaders headers, byte[] body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /// An answer without headers.
    public static Answer of(int status, String body) {
        return new Answer(status, HttpHeaders.of(Map.of(), (_, _) -> true), body.getBytes(StandardCharsets.UTF_8));
    }

    public boolean ok() {
        return status / 100 == 2;
    }

    /// Whether the same request may succeed later.
    public boolean retryable() {
        return status == 429 || status == 503;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public Duration retryAfter() {
        return header("retry-after")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The body as JSON; a missing node where it is none.
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    public Problem problem() {
        return Problem.of(this);
    }
}
