package dev.tidings.filter;

import dev.tidings.filter.cel.Payload;
import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an event in the CloudEvents JSON format consists of.
///
/// @param attributes all with their names, a `String`, `Integer` or `Boolean` each; the `time` among them, always
record EventParts(Map<String, Object> attributes, Payload payload) {
    private static final int MAX_DEPTH = 1_000;
    private static final int MAX_DIGITS = 11;

    /// Throws [dev.tidings.wire.json.Malformed] where the text is no JSON.
    static EventParts read(Bytes json, long acceptedMillis) {
        Reading reading = new Reading(new JsonCursor(json, MAX_DEPTH));
        reading.read();
        reading.attributes.computeIfAbsent("time", _ -> Delivered.time(acceptedMillis));
        return new EventParts(reading.attributes, reading.payload());
    }

    /// As the broker writes a time that the producer did not give.
    private static final class Delivered {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        static String time(long epochMillis) {
            return FORMAT.format(Instant.ofEpochMilli(epochMillis));
        }
    }

    private static final class Reading {
        private final JsonCursor cursor;
        private final Map<String, Object> attributes = new HashMap<>();
        private @Nullable Bytes data;
        private @Nullable String text;
        private @Nullable String base64;

        Reading(JsonCursor cursor) {
            this.cursor = cursor;
        }

        void read() {
            if (cursor.value() == Token.OBJECT) {
                cursor.enter();
                while (cursor.member()) {
                    member(cursor.name(), cursor.value());
                }
                cursor.finish();
            }
        }

        private void member(String name, Token token) {
            switch (name) {
                case "offset" -> cursor.skip();
                case "data" -> data(token);
                case "data_base64" -> base64 = token == Token.STRING ? cursor.string() : skipped();
                default -> attribute(name, token);
            }
        }

        private void data(Token token) {
            text = token == Token.STRING ? cursor.string() : null;
            data = token == Token.NULL ? null : cursor.slice(cursor.at(), cursor.skip());
        }

        private void attribute(String name, Token token) {
            switch (token) {
                case STRING -> attributes.put(name, cursor.string());
                case TRUE -> attributes.put(name, true);
                case FALSE -> attributes.put(name, false);
                case INTEGER -> integer(name, cursor.string());
                case DECIMAL, OBJECT, ARRAY, NULL, END -> cursor.skip();
            }
        }

        private void integer(String name, String digits) {
            long number = digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
            if (number == (int) number) {
                attributes.put(name, (int) number);
            }
        }

        private @Nullable String skipped() {
            cursor.skip();
            return null;
        }

        /// JSON is what the media type calls so, or stands here unquoted; it may come in base64, too.
        Payload payload() {
            boolean json = isJson(attributes.get("datacontenttype"));
            if (base64 != null) {
                return binary(base64, json);
            }
            if (text != null && !json) {
                return new Payload.Text(text);
            }
            return data == null ? new Payload.None() : new Payload.Json(data);
        }

        private static Payload binary(String base64, boolean json) {
            Bytes bytes;
            try {
                bytes = Bytes.of(Base64.getDecoder().decode(base64));
            } catch (IllegalArgumentException none) {
                return new Payload.Text(base64);
            }
            return json ? new Payload.Json(bytes) : new Payload.Binary(bytes);
        }

        private static boolean isJson(@Nullable Object contentType) {
            if (!(contentType instanceof String type)) {
                return true;
            }
            int end = type.indexOf(';');
            String essence = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
            return essence.endsWith("/json") || essence.endsWith("+json");
        }
    }
}
