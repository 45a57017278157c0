package dev.tidings.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Reads a catalog from a file. A type may name the file of its schema, relative to the catalog's (`schema-file:
/// order.schema.json`); the schema then takes the place of that line, so that the text stands for itself and its
/// lines keep their numbers.
public final class CatalogFile {
    private static final String REFERENCE = "schema-file";
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CatalogFile() {}

    /// The catalog's text. A [Complaint] says which file cannot be read, or is no JSON.
    public static String read(Path file) {
        return inline(text(file), name -> text(file.resolveSibling(name)));
    }

    /// The text with the schemas it refers to in their places; the same text where it is no YAML: whoever takes it
    /// says what is wrong with it.
    public static String inline(String text, Schemas schemas) {
        StringBuilder inlined = new StringBuilder();
        int copied = 0;
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.PROPERTY_NAME
                        && parser.currentName().equals(REFERENCE)) {
                    int from = at(text, parser.currentTokenLocation().getCharOffset());
                    int line = parser.currentTokenLocation().getLineNr();
                    String schema = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
                    int to = at(text, parser.currentLocation().getCharOffset());
                    inlined.append(text, copied, from).append("schema: ").append(schema(line, schema, schemas));
                    copied = to;
                }
            }
        } catch (JacksonException notYaml) {
            return text;
        }
        return inlined.append(text, copied, text.length()).toString();
    }

    private static String schema(int line, @Nullable String name, Schemas schemas) {
        if (name == null) {
            throw Complaint.wrongInput("line " + line + ": schema-file: expected the name of a file");
        }
        try {
            return JSON.writeValueAsString(JSON.readTree(schemas.read(name)));
        } catch (JacksonException notJson) {
            String message = notJson.getOriginalMessage().lines().findFirst().orElse("");
            throw Complaint.wrongInput("line " + line + ": schema-file " + name + " is not JSON: " + message);
        } catch (Complaint complaint) {
            throw Complaint.wrongInput("line " + line + ": schema-file: " + complaint.line());
        }
    }

    /// The parser counts code points.
    private static int at(String text, long codePoints) {
        return text.offsetByCodePoints(0, Math.toIntExact(codePoints));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Complaint.wrongInput(file + ": this is not UTF-8 text");
        } catch (IOException e) {
            throw Complaint.wrongInput(
                    "cannot read " + (Files.isDirectory(file) ? file + ": this is a directory" : Reasons.of(e)));
        }
    }

    /// Finds the text of a schema by the name that the catalog gives it.
    @FunctionalInterface
    public interface Schemas {
        String read(String name);
    }
}
