package dev.tidings.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.broker.schemas.SchemaLending;
import dev.tidings.broker.schemas.Schemas;
import java.nio.charset.StandardCharsets;

class CatalogFuzzTest {
    private static final SchemaLending SCHEMAS = new SchemaLending(new Schemas(Schemas.Limits.DEFAULT));

    @FuzzTest
    void isReadOrSaysWhatIsWrongAndWhere(byte[] yaml) {
        String text = new String(yaml, StandardCharsets.UTF_8);

        switch (CatalogText.read(text, SCHEMAS)) {
            case CatalogRead.Read(var catalog, var _) ->
                assertThat(CatalogDiff.between(catalog, catalog)).isEmpty();
            case CatalogRead.Invalid(var problems) -> {
                assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(CatalogProblem.MAX_TOLD);
                assertThat(problems).allSatisfy(problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                });
            }
        }
    }
}
