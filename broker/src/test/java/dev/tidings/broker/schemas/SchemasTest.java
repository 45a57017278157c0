package dev.tidings.broker.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SchemasTest {
    private static final String QUAKE = """
            {"type": "object", "required": ["magnitude", "place"], "properties": {
                "magnitude": {"type": "number", "minimum": 0}, "place": {"type": "string", "pattern": "^[A-Z]"}}}""";

    private final Schemas schemas = new Schemas(Schemas.Limits.DEFAULT);

    @Test
    void findsNothingWhereDataFollows() {
        assertThat(check(QUAKE, "{\"magnitude\": 4.5, \"place\": \"Vrancea\"}")).isEmpty();
    }

    @Test
    void saysWhereDataDoesNotFollow() {
        assertThat(check(QUAKE, "{\"magnitude\": -1, \"place\": \"vrancea\"}"))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/magnitude", "/place");
        assertThat(check(QUAKE, "{\"magnitude\": 1}")).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEmpty();
            assertThat(violation.reason()).contains("place");
        });
    }

    @Test
    void escapesPointers() {
        assertThat(check("{\"properties\": {\"a/b~\": false}}", "{\"a/b~\": 1}"))
                .extracting(Violation::pointer)
                .containsExactly("/a~1b~0");
    }

    @Test
    void tellsAHundredViolationsAtMost() {
        String many = IntStream.range(0, 500).mapToObj(i -> "\"x\"").toList().toString();

        assertThat(check("{\"items\": {\"type\": \"number\"}}", many)).hasSize(100);
    }

    @Test
    void showsLongValuesShort() {
        assertThat(check("{\"const\": \"" + "x".repeat(10_000) + "\"}", "1")
                        .getFirst()
                        .reason())
                .hasSizeLessThan(400);
    }

    @Test
    void readsItsSliceOfALargerArray() {
        Bytes body = Bytes.utf8("{\"data\": 5}");

        assertThat(usable("{\"const\": 5}").check(body.slice(9, 10))).isEmpty();
    }

    @Test
    void takesFormatForAnAnnotation() {
        for (SchemaDraft draft : SchemaDraft.values()) {
            String schema = "{\"$schema\": \"" + draft.uri() + "\", \"format\": \"email\"}";
            assertThat(check(schema, "\"none\"")).as(draft.uri()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{};DRAFT_7",
                "true;DRAFT_7",
                "{\"prefixItems\":[{}]};DRAFT_2020_12",
                "{\"$dynamicRef\":\"#a\"};DRAFT_2020_12",
                "{\"properties\":{\"a\":{\"items\":[{\"$dynamicAnchor\":\"a\"}]}}};DRAFT_2020_12",
                "{\"dependentRequired\":{},\"prefixItems\":[{}]};DRAFT_2020_12",
                "{\"allOf\":[{\"prefixItems\":[{}]},{\"minContains\":1}]};DRAFT_2020_12",
                "{\"dependentRequired\":{}};DRAFT_2019_09",
                "{\"dependentSchemas\":{}};DRAFT_2019_09",
                "{\"unevaluatedProperties\":false};DRAFT_2019_09",
                "{\"$defs\":{\"a\":{\"not\":{\"unevaluatedItems\":false}}}};DRAFT_2019_09",
                "{\"$recursiveRef\":\"#\"};DRAFT_2019_09",
                "{\"$recursiveAnchor\":true};DRAFT_2019_09",
                "{\"minContains\":1};DRAFT_2019_09",
                "{\"maxContains\":1};DRAFT_2019_09",
                "{\"$defs\":{}};DRAFT_7",
                "{\"properties\":{\"prefixItems\":{},\"minContains\":{}}};DRAFT_7",
                "{\"const\":{\"prefixItems\":[]},\"enum\":[{\"minContains\":1}],\"default\":{\"maxContains\":1}};DRAFT_7"
            })
    void takesTheNewestDraftWhoseKeywordsAreUsed(String schema, SchemaDraft draft) {
        assertThat(SchemaDraft.usedBy(new JsonMapper().readTree(schema))).isEqualTo(draft);
        assertThat(schemas.compile(schema)).isNotNull();
    }

    @Test
    void appliesTheDraftThatSchemaNames() {
        String exclusive = "\"prefixItems\": [{\"type\": \"string\"}]}";

        assertThat(check("{" + exclusive, "[1]")).hasSize(1);
        assertThat(check("{\"$schema\": \"http://json-schema.org/draft-07/schema#\"," + exclusive, "[1]"))
                .isEmpty();
        assertThat(check(
                        "{\"$schema\": \"http://json-schema.org/draft-06/schema#\", \"if\": {}, \"then\": false}", "1"))
                .isEmpty();
        assertThat(check("{\"if\": {}, \"then\": false}", "1")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "5",
                "{} x",
                "{\"type\": \"strin\"}",
                "{\"required\": \"a\"}",
                "{\"pattern\": \"(\"}",
                "{\"$schema\": \"http://json-schema.org/draft-04/schema#\"}",
                "{\"$schema\": \"http://example.org/mine\"}",
                "{\"$schema\": 5}",
                "{\"patternProperties\": {\"[\": {}}}",
                "{\"$ref\": \"#/definitions/none\"}",
                "{\"$dynamicRef\": \"#nowhere\"}",
                "{\"$dynamicRef\": \"a b\"}",
                "{\"$ref\": \"#\"}",
                "{\"$defs\": {\"a\": {\"$ref\": \"#nowhere\"}}, \"$ref\": \"#/$defs/a\"}"
            })
    void cannotUseWhatIsNoSchema(String text) {
        assertThat(schemas.compile(text))
                .isInstanceOfSatisfying(
                        Compiled.Unusable.class,
                        unusable ->
                                assertThat(unusable.reason()).contains("schema").doesNotContain("\n"));
    }

    @Test
    void followsDynamicReferencesInsideTheSchema() {
        String schema = """
                {"$id": "http://example.org/z", "$dynamicRef": "y#a", "$defs": {
                    "a": {"$id": "y", "$dynamicAnchor": "a", "type": "string"}}}""";

        assertThat(check(schema, "\"x\"")).isEmpty();
        assertThat(check(schema, "1")).hasSize(1);
    }

    @Test
    void keepsTheSchemasOfTypesApart() {
        String schema =
                "{\"$id\": \"http://example.org/s\", \"$defs\": {\"a\": {\"const\": %d}}, \"$ref\": \"#/$defs/a\","
                        + "\"dependentRequired\": {}}";

        Schema one = usable(schema.formatted(1));
        Schema two = usable(schema.formatted(2));

        assertThat(one.check(Bytes.utf8("1"))).isEmpty();
        assertThat(two.check(Bytes.utf8("1"))).hasSize(1);
    }

    @Test
    void servesManyThreads() throws Exception {
        Schema schema = usable(QUAKE);
        Callable<Boolean> check = () ->
                schema.check(Bytes.utf8("{\"magnitude\": 4, \"place\": \"V\"}")).isEmpty()
                        && schema.check(Bytes.utf8("{\"magnitude\": \"4\", \"place\": \"v\"}"))
                                        .size()
                                == 2;

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(
                    IntStream.range(0, 400).mapToObj(i -> check).toList())) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    private List<Violation> check(String schema, String data) {
        return usable(schema).check(Bytes.utf8(data));
    }

    private Schema usable(String text) {
        return switch (schemas.compile(text)) {
            case Compiled.Usable(Schema schema) -> schema;
            case Compiled.Unusable(String reason) -> throw new AssertionError(reason);
        };
    }
}
