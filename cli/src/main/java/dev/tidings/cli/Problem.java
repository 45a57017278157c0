package dev.tidings.cli;

import dev.tidings.model.Flaw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A problem document (RFC 9457) that the broker answered.
///
/// @param code the last segment of its type, as `schema-violated`; empty where it has none
public record Problem(int status, String code, String title, String detail, List<Flaw> flaws) {
    static Problem of(Answer answer) {
        JsonNode json = answer.json();
        String type = json.path("type").asString("");
        List<Flaw> flaws = new ArrayList<>();
        for (JsonNode error : json.path("errors")) {
            flaws.add(new Flaw(
                    error.path("index").asInt(0),
                    error.path("id").isString() ? error.path("id").stringValue() : null,
                    error.path("pointer").asString(""),
                    error.path("reason").asString("")));
        }
        return new Problem(
                answer.status(),
                type.substring(type.lastIndexOf('/') + 1),
                json.path("title").asString("status " + answer.status()),
                json.path("detail").asString(json.isMissingNode() ? firstLine(answer.text()) : ""),
                List.copyOf(flaws));
    }

    /// In one line.
    public String line() {
        StringBuilder line = new StringBuilder().append(status).append(' ').append(title);
        if (!detail.isBlank()) {
            line.append(": ").append(detail);
        }
        return line.toString();
    }

    /// What is wrong with one event, in one line.
    public static String line(Flaw flaw, @Nullable String where) {
        return (where == null ? "event " + flaw.index() : where)
                + (flaw.id() == null ? "" : " (id " + flaw.id() + ")")
                + (flaw.pointer().isEmpty() ? "" : " at " + flaw.pointer())
                + ": " + flaw.reason();
    }

    private static String firstLine(String text) {
        return text.lines()
                .findFirst()
                .map(line -> line.length() > 200 ? line.substring(0, 200) : line)
                .orElse("");
    }
}
