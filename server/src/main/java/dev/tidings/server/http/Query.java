package dev.tidings.server.http;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of a request's address. Names nobody asks for are passed over. What is wrong with values is
/// gathered while they are read, so that one answer can tell all of it: read everything, then look at [#refusal].
public final class Query {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();

    /// @param query what stands behind the `?`; null where nothing does
    public Query(@Nullable String query) {
        if (query == null) {
            return;
        }
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            take(query.substring(start, end));
            start = end + 1;
        }
    }

    /// `true` or `false`.
    public boolean flag(String name, boolean otherwise) {
        String value = text(name);
        if (value == null || value.equals("true") || value.equals("false")) {
            return value == null ? otherwise : value.equals("true");
        }
        complain(name, "true or false");
        return otherwise;
    }

    /// A whole number from `least` to `most`.
    public long number(String name, long otherwise, Range range) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        long number = decimal(value);
        if (number < range.least || number > range.most) {
            complain(name, "a whole number from " + range.least + " to " + range.most);
            return otherwise;
        }
        return number;
    }

    /// The text, or null where there is none.
    public @Nullable String text(String name) {
        if (repeated.remove(name)) {
            complaints.add("parameter '" + name + "' is given more than once");
        }
        return values.get(name);
    }

    /// Says that the value of a parameter is not what was expected.
    public void complain(String name, String expected) {
        String found = values.get(name);
        complaints.add("parameter '" + name + "' is " + expected + "; found " + shown(found));
    }

    private static String shown(@Nullable String found) {
        if (found == null) {
            return "none";
        }
        return "'" + (found.length() <= 100 ? found : found.substring(0, 100) + "…") + "'";
    }

    /// What is wrong with the values that were read; null where nothing is.
    public @Nullable Refusal refusal() {
        return complaints.isEmpty() ? null : Refusal.of(ErrorCode.INVALID_PARAMETER, String.join("; ", complaints));
    }

    public record Range(long least, long most) {}

    private void take(String pair) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
        if (name == null || value == null) {
            complaints.add("the query has a '%' that is not followed by two hexadecimal digits, or is not UTF-8");
        } else if (!name.isEmpty() && values.putIfAbsent(name, value) != null) {
            repeated.add(name);
        }
    }

    private static @Nullable String decoded(String text) {
        return PercentCoding.decode(text.replace('+', ' '), 0, text.length());
    }

    private static long decimal(String text) {
        if (text.isEmpty() || text.length() > 19) {
            return Long.MIN_VALUE;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Long.MIN_VALUE;
            }
            number = number * 10 + (c - '0');
        }
        return number < 0 ? Long.MIN_VALUE : number;
    }
}
