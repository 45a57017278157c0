package dev.tidings.wire.json;

import dev.tidings.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// What Jackson reads in a text: every name, value and end, and where it stands.
public final class JacksonReading {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();

    private JacksonReading() {}

    /// Null where it is not one JSON value. (Jackson looks neither at the UTF-8 of what it passes over nor at a mark of
    /// byte order.)
    public static @Nullable List<String> of(Bytes text) {
        if (Utf8.firstFlaw(text) >= 0 || text.length() > 2 && text.at(0) == (byte) 0xef) {
            return null;
        }
        try (JsonParser parser =
                FACTORY.createParser(ObjectReadContext.empty(), text.array(), text.offset(), text.length())) {
            return read(parser);
        } catch (JacksonException _) {
            return null;
        }
    }

    private static @Nullable List<String> read(JsonParser parser) {
        List<String> reading = new ArrayList<>();
        int depth = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (depth == 0 && !reading.isEmpty()) {
                return null;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            reading.add(parser.currentTokenLocation().getByteOffset() + " " + told(token, parser));
        }
        return depth == 0 && !reading.isEmpty() ? reading : null;
    }

    private static String told(JsonToken token, JsonParser parser) {
        return switch (token) {
            case PROPERTY_NAME -> "name " + parser.getString();
            case VALUE_STRING -> "STRING " + parser.getString();
            case VALUE_NUMBER_INT -> "INTEGER " + parser.getString();
            case VALUE_NUMBER_FLOAT -> "DECIMAL " + parser.getString();
            default -> token.asString();
        };
    }
}
