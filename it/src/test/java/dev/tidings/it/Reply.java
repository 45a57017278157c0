package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/// An answer.
public record Reply(int status, HttpHeaders headers, Bytes body) {
    String text() {
        return body.toUtf8();
    }

    public JsonNode json() {
        return Json.parse(text());
    }

    /// The value of a header; empty where there is none.
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /// Demands that the answer has that status.
    public Reply expect(int expected) {
        assertThat(status).as("the status of: %s", text()).isEqualTo(expected);
        return this;
    }

    /// Demands that the answer is a problem document of that kind, and returns it.
    ///
    /// @param slug the last segment of its `type`
    public Problem refused(int expected, String slug) {
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("type").asString()).isEqualTo("https://tidings.dev/errors/" + slug);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(expected);
        assertThat(problem.path("detail").asString()).isNotBlank();
        expect(expected);
        return new Problem(this, problem);
    }

    /// Demands a receipt.
    public void accepted(int accepted, int duplicates) {
        expect(200);
        assertThat(json().toString()).isEqualTo("{\"accepted\":%d,\"duplicates\":%d}".formatted(accepted, duplicates));
    }
}
