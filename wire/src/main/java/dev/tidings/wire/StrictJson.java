package dev.tidings.wire;

import dev.tidings.model.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.UTF8StreamJsonParser;

/// JSON of RFC 8259 in UTF-8 and nothing beside it, nested no deeper than allowed. One instance serves all threads.
final class StrictJson {
    /// How long a member's name may be. The parser remembers thousands of names from one text to the next, so this
    /// bounds memory.
    private static final int MAX_NAME = 2048;

    private final JsonFactory factory;

    StrictJson(int maxDepth) {
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNameLength(MAX_NAME)
                        .build())
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /// Begins to read text that [#requireUtf8] has let through.
    JsonCursor read(Bytes text) {
        var parser = factory.createParser(ObjectReadContext.empty(), text.array(), text.offset(), text.length());
        return new JsonCursor((UTF8StreamJsonParser) parser, text);
    }

    /// Demands that the text is one JSON value, whatever it is.
    void requireValue(Bytes text) {
        requireUtf8(text);
        try (JsonCursor cursor = read(text)) {
            cursor.next();
            cursor.skip();
            cursor.end();
        }
    }

    boolean isValue(Bytes text) {
        try {
            requireValue(text);
            return true;
        } catch (Stopped | JacksonException _) {
            return false;
        }
    }

    static void requireUtf8(Bytes text) {
        int flaw = Utf8.firstFlaw(text);
        if (flaw >= 0) {
            throw Stopped.malformed("expected JSON in UTF-8; the byte at " + flaw + " begins no UTF-8 sequence");
        }
        if (text.length() >= 3 && text.at(0) == (byte) 0xef && text.at(1) == (byte) 0xbb && text.at(2) == (byte) 0xbf) {
            throw Stopped.malformed("expected JSON in UTF-8 without a byte order mark; leave its three bytes out");
        }
    }

    /// What the parser complains of, in one line, with the place.
    static String complaint(JacksonException complaint) {
        String message = complaint.getOriginalMessage();
        int lineEnd = message.indexOf('\n');
        @Nullable TokenStreamLocation place = complaint.getLocation();
        String where = place == null || place.getByteOffset() < 0
                ? ""
                : " at byte %d (line %d, column %d)"
                        .formatted(place.getByteOffset(), place.getLineNr(), place.getColumnNr());
        return "expected JSON" + where + ": " + (lineEnd < 0 ? message : message.substring(0, lineEnd));
    }
}
