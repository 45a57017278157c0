package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A refusal, to be looked at closely.
public record Problem(Reply reply, JsonNode json) {
    /// Demands that the detail says all of that.
    Problem saying(String... words) {
        assertThat(json.path("detail").asString()).contains(words);
        return this;
    }

    /// Demands that exactly these errors are told, each as `index id pointer`.
    Problem naming(String... errors) {
        assertThat(errors()).containsExactly(errors);
        json.path("errors")
                .forEach(error -> assertThat(error.path("reason").asString()).isNotBlank());
        return this;
    }

    Problem header(String name, String value) {
        assertThat(reply.header(name)).isEqualTo(value);
        return this;
    }

    /// The errors, each as `index id pointer`.
    List<String> errors() {
        return json.path("errors")
                .valueStream()
                .map(error -> error.path("index").asInt() + " "
                        + error.path("id").asString("-") + " "
                        + error.path("pointer").asString("-"))
                .toList();
    }
}
