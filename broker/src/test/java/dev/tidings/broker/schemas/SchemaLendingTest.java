package dev.tidings.broker.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.publishing.DataSchema;
import dev.tidings.model.Bytes;
import org.junit.jupiter.api.Test;

class SchemaLendingTest {
    private final SchemaLending lending = new SchemaLending(new Schemas(Schemas.Limits.DEFAULT));

    @Test
    void tellsTheCatalogWhatIsWrongWithASchema() {
        assertThat(lending.flaw("{\"type\": \"object\"}")).isEmpty();
        assertThat(lending.flaw("{\"type\": \"obj\"}").orElseThrow()).contains("/type");
    }

    @Test
    void judgesDataForPublishing() {
        DataSchema schema = lending.compile("{\"properties\": {\"a\": {\"type\": \"string\"}}}");

        assertThat(schema.violations(Bytes.utf8("{\"a\": \"x\"}"))).isEmpty();
        assertThat(schema.violations(Bytes.utf8("{\"a\": 1}")))
                .extracting(DataSchema.Violation::pointer)
                .containsExactly("/a");
    }

    @Test
    void admitsNothingByASchemaThatIsNotUsable() {
        assertThat(lending.compile("{").violations(Bytes.utf8("1"))).hasSize(1);
    }
}
