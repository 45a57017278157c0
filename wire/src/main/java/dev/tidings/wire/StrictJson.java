package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Malformed;
import dev.tidings.wire.json.Utf8;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads JSON of RFC 8259 in UTF-8 and nothing beside it, nested no deeper than allowed. One instance serves all
/// threads.
final class StrictJson {
    private final int maxDepth;

    StrictJson(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /// What the reading makes of the text; [Stopped] where it is not what it should be. That it is not UTF-8
    /// outranks whatever else is wrong with it: the rest is likely to follow from that.
    <T extends @Nullable Object> T read(Bytes text, Function<JsonCursor, T> reading) {
        try {
            return reading.apply(new JsonCursor(text, maxDepth));
        } catch (Malformed malformed) {
            requireUtf8(text);
            throw Stopped.malformed(malformed.complaint());
        } catch (Stopped stopped) {
            requireUtf8(text);
            throw stopped;
        }
    }

    /// The one JSON value that the text is to be, whatever it is, without the white space around it.
    Bytes value(Bytes text) {
        return read(text, cursor -> {
            cursor.value();
            int from = cursor.at();
            int to = cursor.skip();
            cursor.finish();
            return cursor.slice(from, to);
        });
    }

    boolean isValue(Bytes text) {
        try {
            value(text);
            return true;
        } catch (Stopped flawed) {
            return false;
        }
    }

    /// A complaint about the value at which the cursor stands.
    static Stopped unexpected(JsonCursor cursor, String expected) {
        return Stopped.malformed(expected + ", at byte " + cursor.at());
    }

    private static void requireUtf8(Bytes text) {
        int flaw = Utf8.firstFlaw(text);
        if (flaw >= 0) {
            throw Stopped.malformed("expected JSON in UTF-8; the byte at " + flaw + " begins no UTF-8 sequence");
        }
        if (text.length() >= 3 && text.at(0) == (byte) 0xef && text.at(1) == (byte) 0xbb && text.at(2) == (byte) 0xbf) {
            throw Stopped.malformed("expected JSON in UTF-8 without a byte order mark; leave its three bytes out");
        }
    }
}
