package dev.tidings.filter;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event as filters see it: as it is delivered, but for its `offset`. Nothing of it is read before a filter asks,
/// and
/// nothing twice, so that many filters may judge one input. Belongs to one thread.
public final class FilterInput {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MAX_DEPTH = 1_000;

    private final Bytes json;
    private final long acceptedMillis;
    private @Nullable Map<String, Object> attributes;

    private FilterInput(Bytes json, long acceptedMillis) {
        this.json = json;
        this.acceptedMillis = acceptedMillis;
    }

    /// @param json           the event in the CloudEvents JSON format, as it is stored
    /// @param acceptedMillis when it was accepted, milliseconds since the epoch: its `time` where it has none
    public static FilterInput of(Bytes json, long acceptedMillis) {
        return new FilterInput(json, acceptedMillis);
    }

    /// A `String`, `Integer` or `Boolean`; null where the event has no such attribute.
    @Nullable
    Object attribute(String name) {
        return attributes().get(name);
    }

    /// Throws [dev.tidings.wire.json.Malformed] where the event is none.
    Map<String, Object> attributes() {
        Map<String, Object> read = attributes;
        if (read == null) {
            read = new HashMap<>();
            readInto(read);
            if (!read.containsKey("time")) {
                read.put("time", TIME.format(Instant.ofEpochMilli(acceptedMillis)));
            }
            attributes = read;
        }
        return read;
    }

    private void readInto(Map<String, Object> read) {
        JsonCursor cursor = new JsonCursor(json, MAX_DEPTH);
        if (cursor.value() != Token.OBJECT) {
            return;
        }
        cursor.enter();
        while (cursor.member()) {
            String name = cursor.name();
            Token token = cursor.value();
            if (name.equals("data") || name.equals("data_base64") || name.equals("offset")) {
                cursor.skip();
                continue;
            }
            switch (token) {
                case STRING -> read.put(name, cursor.string());
                case INTEGER -> integer(read, name, cursor.string());
                case TRUE -> read.put(name, true);
                case FALSE -> read.put(name, false);
                default -> cursor.skip();
            }
        }
        cursor.finish();
    }

    private static void integer(Map<String, Object> read, String name, String digits) {
        if (digits.length() <= 11) {
            read.put(name, (int) Long.parseLong(digits));
        }
    }
}
