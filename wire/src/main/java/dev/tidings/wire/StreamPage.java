package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A batch of a stream's events as its reader gets it.
///
/// @param events       in order; none has an offset
/// @param next         the position at which to go on
/// @param atEnd        whether there was no more
/// @param earliest     the position before the oldest event of the stream
/// @param latest       the position behind its newest
/// @param filterFailed of how many events the filter could not say whether they match
public record StreamPage(
        List<Received> events, String next, boolean atEnd, String earliest, String latest, int filterFailed) {
    private static final StrictJson STRICT = new StrictJson(1_002);

    public StreamPage {
        events = List.copyOf(events);
    }

    /// Nothing where the body is none.
    public static Optional<StreamPage> parse(Bytes body) {
        return AnswerReader.read(STRICT, body, cursor -> new Reading(cursor).read())
                .filter(page -> !page.next.isEmpty());
    }

    /// What was read so far. Members that are unknown, or of another form, are passed over.
    private static final class Reading {
        private final JsonCursor cursor;
        private final List<Received> events = new ArrayList<>();
        private String next = "";
        private String earliest = "";
        private String latest = "";
        private boolean atEnd;
        private int filterFailed;

        Reading(JsonCursor cursor) {
            this.cursor = cursor;
        }

        StreamPage read() {
            cursor.enter();
            while (cursor.member()) {
                member(cursor.name(), cursor.value());
            }
            cursor.finish();
            return new StreamPage(events, next, atEnd, earliest, latest, filterFailed);
        }

        private void member(String name, Token token) {
            switch (token) {
                case STRING -> text(name, cursor.string());
                case INTEGER -> filterFailed = name.equals("filterFailed") ? number(cursor.string()) : filterFailed;
                case TRUE -> atEnd |= name.equals("atEnd");
                case ARRAY -> array(name);
                default -> cursor.skip();
            }
        }

        private void text(String name, String value) {
            switch (name) {
                case "next" -> next = value;
                case "earliest" -> earliest = value;
                case "latest" -> latest = value;
                default -> {}
            }
        }

        private void array(String name) {
            if (!name.equals("events")) {
                cursor.skip();
                return;
            }
            cursor.enter();
            while (cursor.element() != Token.END) {
                events.add(Received.written(cursor.slice(cursor.at(), cursor.skip()))
                        .orElseThrow(() -> StrictJson.unexpected(cursor, "expected an event")));
            }
        }

        private static int number(String digits) {
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException large) {
                return Integer.MAX_VALUE;
            }
        }
    }
}
