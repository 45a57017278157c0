package dev.tidings.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFileTest {
    @TempDir
    private Path directory;

    @Test
    void putsSchemasIntoTheirPlacesAndKeepsTheLines() {
        String text = """
                # a comment with a letter beyond the first plane: 𝄞
                types:
                  A.B.C.Done:   # here too: 😀
                    schema-file: "done.json" # why
                    description: done
                  A.B.C.Begun: { description: ü, schema-file: begun.json, max-size: 1KiB }
                """;

        String inlined = CatalogFile.inline(text, name -> "{\n  \"title\" : \"" + name + " 😀\"\n}");

        assertThat(inlined).isEqualTo("""
                # a comment with a letter beyond the first plane: 𝄞
                types:
                  A.B.C.Done:   # here too: 😀
                    schema: {"title":"done.json 😀"} # why
                    description: done
                  A.B.C.Begun: { description: ü, schema: {"title":"begun.json 😀"}, max-size: 1KiB }
                """);
    }

    @Test
    void findsSchemasBesideTheCatalog() throws IOException {
        Files.createDirectory(directory.resolve("schemas"));
        Files.writeString(directory.resolve("schemas/a.json"), "{}");
        Path catalog = Files.writeString(directory.resolve("catalog.yaml"), "t:\n  schema-file: schemas/a.json\n");

        assertThat(CatalogFile.read(catalog)).isEqualTo("t:\n  schema: {}\n");
    }

    @Test
    void leavesTextThatIsNoYamlToWhoeverReadsIt() {
        String text = "types: [\n\t- {";

        assertThat(CatalogFile.inline(text, name -> "{}")).isEqualTo(text);
    }

    @Test
    void saysWhichSchemaIsMissingOrNoJson() throws IOException {
        Path catalog = Files.writeString(directory.resolve("catalog.yaml"), "t:\n  schema-file: a.json\n");

        assertThatThrownBy(() -> CatalogFile.read(catalog))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("line 2: schema-file: cannot read " + directory.resolve("a.json"));
        Files.writeString(directory.resolve("a.json"), "{\"a\": }");
        assertThatThrownBy(() -> CatalogFile.read(catalog))
                .hasMessageStartingWith("line 2: schema-file a.json is not JSON");
    }
}
