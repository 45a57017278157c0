package dev.tidings.broker.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.model.Bytes;
import dev.tidings.model.Flaw;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileSchemasTest {
    private final Schemas schemas = new Schemas(Schemas.Limits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"%s\"}",
                "{\"properties\": {\"a\": {\"items\": {\"$ref\": \"%s#/x\"}}}}",
                "{\"$defs\": {\"unused\": {\"$ref\": \"%s\"}}, \"prefixItems\": [{\"$ref\": \"#/$defs/unused\"}]}",
                "{\"$dynamicRef\": \"%s\"}",
                "{\"$recursiveRef\": \"%s\"}",
                "{\"$id\": \"%s\", \"$ref\": \"other\"}",
                "{\"$schema\": \"%s\"}",
                "{\"unevaluatedItems\": {\"$ref\": \"%s\"}}",
                "{\"definitions\": {\"unused\": {\"$ref\": \"%s\"}}}",
                "{\"contentSchema\": {\"$ref\": \"%s\"}}"
            })
    void fetchNothing(String schema, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "true");
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String http = "http://127.0.0.1:" + server.getLocalPort() + "/json-schema.org/draft-07/schema";

            for (String address : List.of(
                    file.toUri().toString(),
                    http,
                    "classpath:draft-07/schema",
                    "classpath:/a",
                    "a",
                    "https://json-schema.org/draft/2020-12/meta/none")) {
                assertThat(schemas.compile(schema.formatted(address)))
                        .as(address)
                        .isInstanceOf(Compiled.Unusable.class);
            }

            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void fetchNoMetaschemaForAPartOfThemselves() {
        String schema = """
                {"$defs": {"a": {"$id": "http://x.y/z", "$schema": "http://127.0.0.1:9/s"}}, "$ref": "#/$defs/a",
                "prefixItems": [{}]}""";

        assertThat(schemas.compile(schema)).isInstanceOf(Compiled.Unusable.class);
    }

    @Test
    void mayReferToTheMetaschemas() {
        assertThat(judged("{\"$ref\": \"http://json-schema.org/draft-07/schema#\"}", "{\"type\": \"string\"}"))
                .isEmpty();
        assertThat(judged("{\"$ref\": \"http://json-schema.org/draft-07/schema#\"}", "{\"type\": 5}"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#\"}",
                "{\"allOf\": [{\"$ref\": \"#\"}]}",
                "{\"not\": {\"$ref\": \"#\"}}",
                "{\"definitions\": {\"a\": {\"$ref\": \"#/definitions/b\"}, \"b\": {\"$ref\": \"#/definitions/a\"}}, \"$ref\": \"#/definitions/a\"}",
                "{\"$dynamicAnchor\": \"a\", \"$dynamicRef\": \"#a\"}",
                "{\"$recursiveAnchor\": true, \"$recursiveRef\": \"#\"}"
            })
    void goInNoCircle(String schema) {
        assertThat(judged(schema, "1")).isNotEmpty();
    }

    @Test
    void doNotExplode() {
        String doubling = IntStream.range(0, 40)
                .mapToObj(i ->
                        "\"d%d\": {\"allOf\": [{\"$ref\": \"#/definitions/d%d\"}, {\"$ref\": \"#/definitions/d%d\"}]}"
                                .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(
                        ",", "{\"definitions\": {", ", \"d40\": {}}, \"$ref\": \"#/definitions/d0\"}"));

        assertThat(judged(doubling, "1")).isNotEmpty();
    }

    @Test
    void nestNoDeeperThanTheStack() {
        String chain = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"d%d\": {\"$ref\": \"#/definitions/d%d\"}".formatted(i, i + 1))
                .collect(Collectors.joining(
                        ",", "{\"definitions\": {", ", \"d20000\": {}}, \"$ref\": \"#/definitions/d0\"}"));

        assertThat(judged(chain, "1")).isNotEmpty();
        assertThat(schemas.compile("{\"not\":".repeat(100_000))).isInstanceOf(Compiled.Unusable.class);
        assertThat(schemas.compile("{\"not\":".repeat(5_000) + "{}" + "}".repeat(5_000)))
                .isInstanceOf(Compiled.Unusable.class);
    }

    @Test
    void judgeTreesAsDeepAsEventsAre() {
        String tree =
                "{\"type\": \"object\", \"properties\": {\"child\": {\"$ref\": \"#\"}}, \"additionalProperties\": false}";

        assertThat(judged(tree, "{\"child\":".repeat(96) + "{}" + "}".repeat(96)))
                .isEmpty();
        assertThat(judged(tree, "{\"child\":".repeat(96) + "5" + "}".repeat(96)))
                .hasSize(1);
        assertThat(judged(tree, "{\"child\":".repeat(50_000))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = ' ',
            value = {
                "(a+)+$ a",
                "^(a|a)*$ a",
                "^(([a-z])+.)+[A-Z]([a-z])+$ a",
                "(.*)*x$ a",
                "^(x|y)*$ x",
                "(?:a|b|ab)*c a",
                "^.*.*.*b$ a",
                "^(a?){30}a{30}$ a"
            })
    void giveUpOnAPatternThatTakesTooLong(String pattern, String brick) {
        String schema = "{\"pattern\": \"" + pattern + "\"}";
        String text = "\"" + brick.repeat(60_000) + "!\"";

        assertThat(judged(schema, text))
                .singleElement()
                .satisfies(violation -> assertThat(violation.reason()).contains("pattern"));
        assertThat(judged("{\"patternProperties\": {\"" + pattern + "\": {}}}", "{" + text + ": 1}"))
                .hasSize(1);
        assertThat(judged("{\"propertyNames\": " + schema + "}", "{" + text + ": 1}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:(?:){50000}){50000}",
                "(((){1000}){1000}){1000}x",
                "((a|(b{2}[)\\\\]]){500}){500,})",
                "(x{99999999999}){2}"
            })
    void repeatNothingTooOften(String pattern) {
        assertThat(schemas.compile("{\"pattern\": \"" + pattern + "\"}"))
                .isInstanceOfSatisfying(
                        Compiled.Unusable.class,
                        unusable -> assertThat(unusable.reason()).contains("repeats"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "a{3}b{4}, 4",
        "(a{3}b){4}, 12",
        "(a{3}){2}(b{5}), 6",
        "((a{2}){3}){4}c{5}, 24",
        "[{9}]x, 1",
        "a\\{9}, 1",
        "(a{2}|b)c{3}, 3",
        "a{2}{3}, 6",
        "(a{3}b)(c){4}, 4"
    })
    void countTheirRepetitions(String pattern, long times) {
        assertThat(Repetitions.of(pattern)).isEqualTo(times);
    }

    @Test
    void shareOneBudgetAmongAllTexts() {
        String items = "[" + String.join(",", Collections.nCopies(2_000, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")) + "]";

        assertThat(judged("{\"items\": {\"pattern\": \"^.*.*.*b$\"}}", items))
                .singleElement()
                .satisfies(violation -> assertThat(violation.reason()).contains("too many steps"));
    }

    @Test
    void doNotCompileAPatternThatBreaksTheCompiler() {
        String pattern = "(".repeat(50_000) + ")".repeat(50_000);

        assertThat(schemas.compile("{\"pattern\": \"" + pattern + "\"}")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = ' ',
            value = {
                "{\"multipleOf\":3} 1e999999999",
                "{\"multipleOf\":0.1} 1e308",
                "{\"maximum\":5} 1e999999999",
                "{\"type\":\"integer\"} 1e999999999",
                "{\"const\":1e999999999} 1e999999998",
                "{\"enum\":[1e-999999999]} 1e999999999",
                "{\"uniqueItems\":true} [1e999999999,1e999999998]",
                "{\"multipleOf\":1e-300} 1e300",
                "{\"multipleOf\":1e-999999999} 5",
                "{\"minLength\":1e999999999} \"\""
            })
    void areNotMovedByHugeNumbers(String schema, String data) {
        switch (schemas.compile(schema)) {
            case Compiled.Usable(Schema usable) ->
                assertThat(usable.check(Bytes.utf8(data))).isNotNull();
            case Compiled.Unusable(String reason) -> assertThat(reason).isNotEmpty();
        }
    }

    /// Two thousand names are missing in each of ten thousand objects.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\": {\"required\": %s}}",
                "{\"anyOf\": [{\"items\": {\"required\": %s}}, false]}",
                "{\"items\": {\"not\": {\"not\": {\"required\": %s}}}}"
            })
    void holdNoMoreErrorsThanAreWorthTelling(String schema) {
        String names =
                IntStream.range(0, 2_000).mapToObj(i -> "\"x" + i + "\"").collect(Collectors.joining(",", "[", "]"));
        String objects = "[" + String.join(",", Collections.nCopies(10_000, "{}")) + "]";

        assertThat(judged(schema.formatted(names), objects)).isNotEmpty().hasSizeLessThanOrEqualTo(Flaw.MAX_TOLD);
    }

    @Test
    void letAThreadThatMustNotBeHeldUpGoInTime() {
        String doubling = IntStream.range(0, 14)
                .mapToObj(i ->
                        "\"d%d\": {\"allOf\": [{\"$ref\": \"#/definitions/d%d\"}, {\"$ref\": \"#/definitions/d%d\"}]}"
                                .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(
                        ",", "{\"definitions\": {", ", \"d14\": {}}, \"$ref\": \"#/definitions/d0\"}"));
        String texts = "[" + String.join(",", Collections.nCopies(100, "\"aaaaaaaaaaaaaaaaaaaa\"")) + "]";

        assertThat(usable(doubling).checkQuickly(Bytes.utf8("1"))).isEmpty();
        assertThat(usable(doubling).check(Bytes.utf8("1"))).isEmpty();
        assertThat(usable("{\"items\": {\"pattern\": \"^.*.*b?$\"}}").checkQuickly(Bytes.utf8(texts)))
                .hasValue(List.of());
        assertThat(usable("{\"items\": {\"pattern\": \"^.*.*.*b$\"}}").checkQuickly(Bytes.utf8(texts)))
                .isEmpty();
    }

    @Test
    void judgeLargeArraysInOnePass() {
        String numbers =
                IntStream.range(0, 12_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThat(judged("{\"uniqueItems\": true, \"items\": {\"type\": \"integer\", \"minimum\": 0}}", numbers))
                .isEmpty();
    }

    private Schema usable(String schema) {
        return ((Compiled.Usable) schemas.compile(schema)).schema();
    }

    /// What is wrong with the data, or the reason for which the schema is not usable.
    private List<Violation> judged(String schema, String data) {
        return switch (schemas.compile(schema)) {
            case Compiled.Usable(Schema usable) -> usable.check(Bytes.utf8(data));
            case Compiled.Unusable(String reason) -> List.of(new Violation("", reason));
        };
    }
}
