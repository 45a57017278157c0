package dev.tidings.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The conformance kit of the CloudEvents SQL specification. Where it expects an error, the value beside it is not
/// looked at: evaluation is fail fast (section 4.1).
class SqlConformanceTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    /// Cases that come out otherwise, each with the reason. One that vanishes or comes makes the test red.
    private static final Map<String, String> DEVIATIONS = Map.of();

    private static final Map<String, String> ERRORS = Map.of(
            "cast", "CAST",
            "math", "MATH",
            "missingAttribute", "MISSING_ATTRIBUTE",
            "functionEvaluation", "FUNCTION_EVALUATION",
            "missingFunction", "PARSE",
            "parse", "PARSE");

    @Test
    void passesTheConformanceKit() throws IOException {
        Map<String, String> failures = new TreeMap<>();
        int tests = 0;
        for (Path file : kit()) {
            JsonNode suite = YAML.readTree(Files.readString(file));
            for (JsonNode test : suite.get("tests")) {
                tests++;
                String found = found(test);
                String expected = expected(test);
                if (!found.equals(expected)) {
                    failures.put(
                            suite.get("name").asString() + ": "
                                    + test.get("name").asString(),
                            expected + " but " + found);
                }
            }
        }

        assertThat(failures.keySet()).as(failures::toString).isEqualTo(DEVIATIONS.keySet());
        assertThat(tests).isGreaterThan(200);
    }

    private static String expected(JsonNode test) {
        if (test.has("error")) {
            return ERRORS.get(test.get("error").asString());
        }
        return shown(value(test.get("result")));
    }

    private static String found(JsonNode test) {
        try {
            return shown(SqlExpression.parse(test.get("expression").asString()).evaluate(event(test)::get));
        } catch (SqlFlaw flaw) {
            return "PARSE";
        } catch (SqlError error) {
            return error.kind().name();
        }
    }

    private static String shown(Object value) {
        return value.getClass().getSimpleName() + " " + value;
    }

    private static Map<String, Object> event(JsonNode test) {
        Map<String, Object> event = new HashMap<>();
        if (!test.has("event")) {
            event.putAll(Map.of("specversion", "1.0", "id", "1", "source", "/here", "type", "com.example.test"));
        }
        for (String overlay : List.of("event", "eventOverrides")) {
            if (test.has(overlay)) {
                test.get(overlay)
                        .forEachEntry((name, value) -> event.put(
                                name,
                                value.isInt()
                                        ? value.intValue()
                                        : value.isBoolean() ? value.booleanValue() : value.asString()));
            }
        }
        return event;
    }

    /// The kit is YAML 1.1, in which `FALSE` is a boolean, too.
    private static Object value(JsonNode node) {
        return switch (node.asString()) {
            case "TRUE" -> true;
            case "FALSE" -> false;
            default -> node.isInt() ? node.intValue() : node.isBoolean() ? node.booleanValue() : node.asString();
        };
    }

    private static List<Path> kit() throws IOException {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isDirectory(directory.resolve("shared/vectors/cesql"))) {
            directory = directory.getParent();
        }
        assumeThat(directory)
                .as("the CESQL conformance kit: put it into shared/vectors/cesql beside the checkout")
                .isNotNull();
        try (Stream<Path> files = Files.list(directory.resolve("shared/vectors/cesql"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
