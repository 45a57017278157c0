package dev.tidings.wire;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.UTF8StreamJsonParser;

/// One pass over a JSON text that tells where each value stands in it. Belongs to one thread.
///
/// The parser's own locations cost an object each. It also tells, for nothing, the offset behind the first byte of
/// the last token, and with a name, behind that of its value: from those and the bytes the rest follows.
final class JsonCursor implements AutoCloseable {
    private static final boolean[] PLAIN = new boolean[256];

    static {
        Arrays.fill(PLAIN, ' ', 0x7f, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private final UTF8StreamJsonParser parser;
    private final Bytes text;

    JsonCursor(UTF8StreamJsonParser parser, Bytes text) {
        this.parser = parser;
        this.text = text;
    }

    /// Goes on to the next token; null at the end of the text.
    @Nullable
    JsonToken next() {
        return parser.nextToken();
    }

    /// Inside an object: goes on to the next member's name; null behind the last.
    @Nullable
    String nextName() {
        return parser.nextName();
    }

    /// Where the current token begins; with a name, where its value begins.
    int at() {
        return (int) parser.getTokenCharacterOffset() - 1;
    }

    String string() {
        return parser.getString();
    }

    /// The string that is the current token, if it is printable ASCII without escapes; null otherwise. Most are,
    /// and the parser would decode them twice.
    @Nullable
    String plainString() {
        byte[] array = text.array();
        int from = text.offset() + at() + 1;
        int end = text.offset() + text.length();
        int to = from;
        while (to < end && PLAIN[array[to] & 0xff]) {
            to++;
        }
        boolean plain = to < end && array[to] == '"';
        return plain ? new String(array, from, to - from, StandardCharsets.ISO_8859_1) : null;
    }

    boolean fitsInt() {
        return parser.getNumberType() == NumberType.INT;
    }

    /// Passes over the rest of the value whose first token is the current one, and tells where it ends.
    int skip() {
        int from = at();
        JsonToken token = parser.currentToken();
        return switch (token) {
            case null -> throw Stopped.malformed("expected JSON, found nothing");
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                yield at() + 1;
            }
            case VALUE_STRING -> stringEnd(from + 1);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> from + parser.getStringLength();
            default -> from + token.asString().length();
        };
    }

    /// Demands that nothing but white space follows.
    void end() {
        if (parser.nextToken() != null) {
            throw malformed("expected nothing behind the end of the JSON value");
        }
    }

    /// Where the member begins whose value begins at `valueAt`: at its name's opening quote.
    int memberStart(int valueAt) {
        int at = valueAt - 1;
        while (text.at(at) != '"') {
            at--;
        }
        do {
            at--;
        } while (text.at(at) != '"');
        return at;
    }

    Bytes slice(int from, int to) {
        return text.slice(from, to);
    }

    /// A complaint about the current token.
    Stopped malformed(String expected) {
        return Stopped.malformed(expected + ", at byte " + at());
    }

    /// Behind the quote that ends a string. The parser has not seen the end yet, and will complain if it is missing.
    private int stringEnd(int from) {
        int at = from;
        while (at < text.length() && text.at(at) != '"') {
            at += text.at(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    @Override
    public void close() {
        parser.close();
    }
}
