package dev.tidings.broker.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All mandatory tests of the JSON Schema Test Suite.
class SchemaSuiteTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @CsvSource({
        "draft6, DRAFT_6, 800",
        "draft7, DRAFT_7, 900",
        "draft2019-09, DRAFT_2019_09, 1200",
        "draft2020-12, DRAFT_2020_12, 1200"
    })
    void isPassed(String directory, SchemaDraft draft, int atLeast) throws IOException {
        Path suite = suite();
        Schemas schemas = new Schemas(Schemas.Limits.DEFAULT, remotes(suite.resolve("remotes")));
        List<String> failures = new ArrayList<>();
        int tests = 0;
        for (Path file : json(suite.resolve(directory), 1)) {
            for (JsonNode group : MAPPER.readTree(Files.readString(file))) {
                tests += group.get("tests").size();
                run(schemas.compile(group.get("schema"), draft), group, file.getFileName() + ": ", failures);
            }
        }

        assertThat(failures).isEmpty();
        assertThat(tests).isGreaterThan(atLeast);
    }

    private static void run(Compiled compiled, JsonNode group, String file, List<String> failures) {
        String name = file + group.get("description").asString();
        switch (compiled) {
            case Compiled.Unusable(String reason) -> failures.add(name + ": " + reason);
            case Compiled.Usable(Schema schema) -> {
                for (JsonNode test : group.get("tests")) {
                    List<Violation> violations = schema.check(
                            dev.tidings.model.Bytes.utf8(test.get("data").toString()));
                    if (violations.isEmpty() != test.get("valid").asBoolean()) {
                        failures.add(name + ": " + test.get("description").asString() + " " + violations);
                    }
                }
            }
        }
    }

    private static Map<String, String> remotes(Path directory) throws IOException {
        Map<String, String> remotes = new HashMap<>();
        for (Path file : json(directory, 10)) {
            remotes.put("http://localhost:1234/" + directory.relativize(file), Files.readString(file));
        }
        return remotes;
    }

    private static List<Path> json(Path directory, int depth) throws IOException {
        try (Stream<Path> files = Files.walk(directory, depth)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static Path suite() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isDirectory(directory.resolve("shared/vectors/json-schema"))) {
            directory = directory.getParent();
        }
        assumeThat(directory)
                .as("needs shared/vectors/json-schema beside the repository")
                .isNotNull();
        return directory.resolve("shared/vectors/json-schema");
    }
}
