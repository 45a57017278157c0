package dev.tidings.wire.json;

import dev.tidings.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What our own cursor reads in a text, told as [JacksonReading] tells it.
final class CursorReading {
    private static final int MAX_DEPTH = 100;

    private final JsonCursor cursor;
    private final List<String> reading = new ArrayList<>();

    private CursorReading(Bytes text) {
        cursor = new JsonCursor(text, MAX_DEPTH);
    }

    /// Null where it is not one JSON value.
    static @Nullable List<String> of(Bytes text) {
        try {
            CursorReading of = new CursorReading(text);
            of.follow(of.cursor.value());
            of.cursor.finish();
            return of.reading;
        } catch (Malformed _) {
            return null;
        }
    }

    /// Whether the text is one JSON value, read without looking into it.
    static boolean skims(Bytes text) {
        try {
            JsonCursor cursor = new JsonCursor(text, MAX_DEPTH);
            cursor.value();
            cursor.skip();
            cursor.finish();
            return true;
        } catch (Malformed _) {
            return false;
        }
    }

    private void follow(Token token) {
        int at = cursor.at();
        switch (token) {
            case OBJECT -> object(at);
            case ARRAY -> array(at);
            case STRING, INTEGER, DECIMAL -> reading.add(at + " " + token + " " + cursor.string());
            case TRUE, FALSE, NULL -> reading.add(at + " " + cursor.string());
            case END -> throw new AssertionError("an end is no value");
        }
    }

    private void object(int at) {
        reading.add(at + " {");
        cursor.enter();
        while (cursor.member()) {
            reading.add(cursor.memberAt() + " name " + cursor.name());
            follow(cursor.value());
        }
        reading.add(cursor.end() - 1 + " }");
    }

    private void array(int at) {
        reading.add(at + " [");
        cursor.enter();
        for (Token item = cursor.element(); item != Token.END; item = cursor.element()) {
            follow(item);
        }
        reading.add(cursor.end() - 1 + " ]");
    }
}
