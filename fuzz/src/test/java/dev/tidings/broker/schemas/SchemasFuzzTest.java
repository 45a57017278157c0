package dev.tidings.broker.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.model.Bytes;
import dev.tidings.model.Flaw;
import java.nio.charset.StandardCharsets;

/// A schema and data, either of them hostile. That nothing is fetched, Jazzer watches.
class SchemasFuzzTest {
    private static final Schemas SCHEMAS = new Schemas(new Schemas.Limits(20_000, 100, 100_000, 100));

    /// The schema up to the last line, which is the data.
    @FuzzTest
    void judgesOrSaysWhyNotWithinBounds(byte[] lines) {
        String text = new String(lines, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n');
        String schema = end < 0 ? text : text.substring(0, end);

        switch (SCHEMAS.compile(schema)) {
            case Compiled.Usable(var usable) -> {
                var violations = usable.check(Bytes.utf8(text.substring(end + 1)));
                assertThat(violations).hasSizeLessThanOrEqualTo(Flaw.MAX_TOLD);
                assertThat(violations)
                        .allSatisfy(violation -> assertThat(violation.reason()).isNotNull());
            }
            case Compiled.Unusable(var reason) -> assertThat(reason).isNotBlank();
        }
    }
}
