package dev.tidings.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.schemas.SchemaLending;
import dev.tidings.broker.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CatalogGuideTest {
    @Test
    void showsACatalogThatIsGood() throws IOException {
        String guide = Files.readString(guide());
        String example = guide.substring(guide.indexOf("```yaml\n") + 8, guide.indexOf("\n```\n"));

        CatalogRead read = CatalogText.read(example, new SchemaLending(new Schemas(Schemas.Limits.DEFAULT)));

        assertThat(read).isInstanceOfSatisfying(CatalogRead.Read.class, good -> {
            assertThat(good.warnings()).isEmpty();
            assertThat(good.catalog().types()).hasSize(2);
            assertThat(good.catalog().clients()).hasSize(3);
        });
    }

    private static Path guide() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("docs/guide/catalog.md"))) {
            at = at.getParent();
        }
        return at.resolve("docs/guide/catalog.md");
    }
}
