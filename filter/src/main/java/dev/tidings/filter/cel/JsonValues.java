package dev.tidings.filter.cel;

import dev.cel.common.values.NullValue;
import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// JSON as values of the language: integers of 64 bits are `int`, all other numbers `double`. Knows of each object and
/// array how many values it holds, at any depth.
final class JsonValues {
    private static final int MAX_DEPTH = 200;

    private final JsonCursor cursor;
    private final IdentityHashMap<Object, Integer> sizes = new IdentityHashMap<>();
    private int values;

    private JsonValues(Bytes text) {
        cursor = new JsonCursor(text, MAX_DEPTH);
    }

    /// A value, and the sizes of the objects and arrays in it.
    record Read(Object value, IdentityHashMap<Object, Integer> sizes) {
        /// A value that is neither.
        static Read simple(Object value) {
            return new Read(value, new IdentityHashMap<>(1));
        }
    }

    /// Throws [dev.tidings.wire.json.Malformed] where the text is no JSON.
    static Read read(Bytes text) {
        JsonValues values = new JsonValues(text);
        values.cursor.value();
        Object value = values.value(values.cursor.token());
        values.cursor.finish();
        return new Read(value, values.sizes);
    }

    private Object value(Token token) {
        values++;
        return switch (token) {
            case OBJECT -> object();
            case ARRAY -> array();
            case STRING -> cursor.string();
            case INTEGER -> integer(cursor.string());
            case DECIMAL -> Double.parseDouble(cursor.string());
            case TRUE -> true;
            case FALSE -> false;
            case NULL, END -> NullValue.NULL_VALUE;
        };
    }

    private Map<String, Object> object() {
        int before = values;
        Map<String, Object> object = new HashMap<>();
        cursor.enter();
        while (cursor.member()) {
            String name = cursor.name();
            object.put(name, value(cursor.value()));
        }
        sizes.put(object, values - before);
        return object;
    }

    private List<Object> array() {
        int before = values;
        List<Object> array = new ArrayList<>();
        cursor.enter();
        for (Token token = cursor.element(); token != Token.END; token = cursor.element()) {
            array.add(value(token));
        }
        sizes.put(array, values - before);
        return array;
    }

    private static Object integer(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException large) {
            return Double.parseDouble(digits);
        }
    }
}
