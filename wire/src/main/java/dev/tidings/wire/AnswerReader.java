package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Flaw;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a server answers, for clients. Members it does not know are passed over.
final class AnswerReader {
    private static final StrictJson STRICT = new StrictJson(100);

    private AnswerReader() {}

    static <T> Optional<T> read(Bytes body, Function<JsonCursor, @Nullable T> reading) {
        return read(STRICT, body, reading);
    }

    static <T> Optional<T> read(StrictJson strict, Bytes body, Function<JsonCursor, @Nullable T> reading) {
        try {
            T answer = strict.read(body, cursor -> cursor.value() == Token.OBJECT ? reading.apply(cursor) : null);
            return Optional.ofNullable(answer);
        } catch (Stopped flawed) {
            return Optional.empty();
        }
    }

    /// The texts of an array's elements; nothing where the body is no array.
    static Optional<List<Bytes>> elements(StrictJson strict, Bytes body) {
        try {
            return strict.read(
                    body, cursor -> cursor.value() == Token.ARRAY ? Optional.of(elements(cursor)) : Optional.empty());
        } catch (Stopped flawed) {
            return Optional.empty();
        }
    }

    private static List<Bytes> elements(JsonCursor cursor) {
        List<Bytes> elements = new ArrayList<>();
        cursor.enter();
        while (cursor.element() != Token.END) {
            elements.add(cursor.slice(cursor.at(), cursor.skip()));
        }
        cursor.finish();
        return elements;
    }

    static @Nullable Receipt receipt(JsonCursor cursor) {
        Map<String, String> members = members(cursor, new ArrayList<>());
        int accepted = number(members, "accepted");
        int duplicates = number(members, "duplicates");
        return accepted < 0 || duplicates < 0 ? null : new Receipt(accepted, duplicates);
    }

    static @Nullable Problem problem(JsonCursor cursor) {
        List<Flaw> errors = new ArrayList<>();
        Map<String, String> members = members(cursor, errors);
        Map<String, String> further = new HashMap<>(members);
        further.keySet().removeAll(Set.of("type", "title", "status", "detail"));
        return new Problem(
                members.getOrDefault("type", "about:blank"),
                members.getOrDefault("title", ""),
                Math.max(0, number(members, "status")),
                members.getOrDefault("detail", ""),
                errors,
                further);
    }

    /// The strings and integers of the object; and of its `errors`.
    private static Map<String, String> members(JsonCursor cursor, List<Flaw> errors) {
        Map<String, String> members = new HashMap<>();
        cursor.enter();
        while (cursor.member()) {
            String name = cursor.name();
            Token token = cursor.value();
            if (token == Token.ARRAY && name.equals("errors")) {
                errors(cursor, errors);
            } else if (token == Token.STRING || token == Token.INTEGER) {
                members.put(name, cursor.string());
            } else {
                cursor.skip();
            }
        }
        return members;
    }

    private static void errors(JsonCursor cursor, List<Flaw> errors) {
        cursor.enter();
        for (Token token = cursor.element(); token != Token.END; token = cursor.element()) {
            if (token == Token.OBJECT) {
                errors.add(error(members(cursor, new ArrayList<>())));
            } else {
                cursor.skip();
            }
        }
    }

    private static Flaw error(Map<String, String> members) {
        return new Flaw(
                Math.max(0, number(members, "index")),
                members.get("id"),
                members.getOrDefault("pointer", ""),
                members.getOrDefault("reason", ""));
    }

    private static int number(Map<String, String> members, String name) {
        try {
            return Integer.parseInt(members.getOrDefault(name, ""));
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
