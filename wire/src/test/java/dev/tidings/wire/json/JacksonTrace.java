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
public final class JacksonTrace {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();

    private JacksonTrace() {}

    public static JsonParser parser(Bytes text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text.array(), text.offset(), text.length());
    }

    public static int at(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /// Null where it is not one JSON value. (Jackson does not look at the UTF-8 of what is passed over; here, nothing
    /// is.)
    static @Nullable List<String> of(Bytes text) {
        if (Utf8.firstFlaw(text) >= 0 || text.length() > 2 && text.at(0) == (byte) 0xef) {
            return null;
        }
        List<String> trace = new ArrayList<>();
        try (JsonParser parser = parser(text)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && !trace.isEmpty()) {
                    return null;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                trace.add(at(parser) + " " + told(token, parser));
            }
            return depth == 0 && !trace.isEmpty() ? trace : null;
        } catch (JacksonException _) {
            return null;
        }
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
