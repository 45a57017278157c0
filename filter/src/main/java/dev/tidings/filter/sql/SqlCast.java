package dev.tidings.filter.sql;

import java.util.Locale;

/// Implicit casts (CESQL 1.0, section 3.7). To a string, everything casts by `toString`.
final class SqlCast {
    private static final int MOST_DIGITS = 11;

    private SqlCast() {}

    static int toInteger(Object value) {
        return switch (value) {
            case Integer number -> number;
            case Boolean truth -> truth ? 1 : 0;
            default -> integer(value.toString());
        };
    }

    static boolean toBoolean(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case String text -> truth(text);
            default -> throw new SqlError(SqlError.Kind.CAST);
        };
    }

    /// To the type of another value.
    static Object toTypeOf(Object target, Object value) {
        return switch (target) {
            case Integer _ -> toInteger(value);
            case Boolean _ -> toBoolean(value);
            default -> value.toString();
        };
    }

    /// The integer of 32 bits that a text of ASCII digits spells, with a sign or without.
    private static int integer(String text) {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        boolean spelled = digits < text.length()
                && text.length() <= MOST_DIGITS
                && text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
        long number = spelled ? Long.parseLong(text) : Long.MAX_VALUE;
        if (number != (int) number) {
            throw new SqlError(SqlError.Kind.CAST);
        }
        return (int) number;
    }

    private static boolean truth(String text) {
        return switch (text.length() > 5 ? "" : text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new SqlError(SqlError.Kind.CAST);
        };
    }
}
