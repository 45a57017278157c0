package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as a consumer gets it, in the CloudEvents JSON format.
///
/// @param offset     its number among those delivered to the instance; 0 or less: it has none
/// @param attributes all others, in order: `String`, `Integer` or `Boolean` each (CloudEvents 1.0.2, section 3.1)
/// @param data       the payload, decoded where it came in base64; null where there is none
/// @param json       the whole event
public record Received(
        long offset,
        Map<String, Object> attributes,
        @Nullable Bytes data,
        Bytes json) {
    private static final StrictJson STRICT = new StrictJson(1_000);

    public Received {
        attributes = Collections.unmodifiableMap(attributes);
    }

    /// The event of a message; nothing where it is none, or has no offset.
    public static Optional<Received> parse(Bytes message) {
        return written(message).filter(event -> event.offset > 0);
    }

    /// The events of an answer to a poll for several; nothing where it is no array of events, or one has no offset.
    public static Optional<List<Received>> batch(Bytes answer) {
        List<Received> events = new ArrayList<>();
        for (Bytes text : AnswerReader.elements(STRICT, answer).orElse(List.of(Bytes.EMPTY))) {
            Optional<Received> event = parse(text);
            if (event.isEmpty()) {
                return Optional.empty();
            }
            events.add(event.get());
        }
        return Optional.of(events);
    }

    /// An event that was written down, with [EventText] or by whomever; its offset is 0 where it has none.
    public static Optional<Received> written(Bytes json) {
        return AnswerReader.read(STRICT, json, cursor -> new Reading(cursor).read(json));
    }

    /// What was read so far. A payload that is text stands in quotes, one of JSON as it is: which of them it is,
    /// the media type tells, wherever it stands.
    private static final class Reading {
        private final JsonCursor cursor;
        private final Map<String, Object> attributes = new LinkedHashMap<>();
        private long offset;
        private @Nullable Bytes data;
        private @Nullable String text;
        private @Nullable Bytes decoded;

        Reading(JsonCursor cursor) {
            this.cursor = cursor;
        }

        Received read(Bytes message) {
            cursor.enter();
            while (cursor.member()) {
                member(cursor.name());
            }
            cursor.finish();
            return new Received(offset, attributes, payload(), message);
        }

        private void member(String name) {
            Token token = cursor.value();
            boolean string = token == Token.STRING;
            switch (name) {
                case "offset" -> offset = string ? Offsets.parse(Bytes.utf8(cursor.string())) : -1;
                case "data" -> data(token);
                case "data_base64" -> decoded = string ? decoded(cursor.string()) : null;
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
                case INTEGER -> attributes.put(name, integer());
                case TRUE -> attributes.put(name, true);
                case FALSE -> attributes.put(name, false);
                default -> cursor.skip();
            }
        }

        private int integer() {
            try {
                return Integer.parseInt(cursor.string());
            } catch (NumberFormatException large) {
                throw StrictJson.unexpected(cursor, "expected an integer of 32 bits");
            }
        }

        private static @Nullable Bytes decoded(String base64) {
            return Base64Text.wellFormed(base64) ? Base64Text.decode(base64) : null;
        }

        private @Nullable Bytes payload() {
            if (decoded != null) {
                return decoded;
            }
            String quoted = text;
            boolean plain = attributes.get("datacontenttype") instanceof String type && !isJson(type);
            return plain && quoted != null ? Bytes.utf8(quoted) : data;
        }

        private static boolean isJson(String contentType) {
            MediaType type = MediaType.parse(contentType);
            return type != null && type.json();
        }
    }
}
