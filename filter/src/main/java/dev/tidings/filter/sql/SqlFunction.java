package dev.tidings.filter.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The built-in functions (CESQL 1.0, section 3.5). Characters are code points.
enum SqlFunction {
    LENGTH(1, 1),
    CONCAT(0, Integer.MAX_VALUE),
    CONCAT_WS(1, Integer.MAX_VALUE),
    LOWER(1, 1),
    UPPER(1, 1),
    TRIM(1, 1),
    LEFT(2, 2),
    RIGHT(2, 2),
    SUBSTRING(2, 3),
    ABS(1, 1),
    INT(1, 1),
    BOOL(1, 1),
    STRING(1, 1);

    private final int least;
    private final int most;

    SqlFunction(int least, int most) {
        this.least = least;
        this.most = most;
    }

    static Optional<SqlFunction> find(String name, int arguments) {
        return Arrays.stream(values())
                .filter(function -> function.name().equalsIgnoreCase(name))
                .filter(function -> arguments >= function.least && arguments <= function.most)
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(SqlFunction::name).toList();
    }

    Object apply(List<Object> arguments) {
        return switch (this) {
            case LENGTH -> length(string(arguments, 0));
            case CONCAT -> String.join("", strings(arguments));
            case CONCAT_WS -> {
                List<String> texts = strings(arguments);
                yield String.join(texts.getFirst(), texts.subList(1, texts.size()));
            }
            case LOWER -> string(arguments, 0).toLowerCase(Locale.ROOT);
            case UPPER -> string(arguments, 0).toUpperCase(Locale.ROOT);
            case TRIM -> string(arguments, 0).strip();
            case LEFT -> part(string(arguments, 0), 0, count(arguments, 1));
            case RIGHT -> {
                String text = string(arguments, 0);
                yield part(text, Math.max(0, length(text) - count(arguments, 1)), Integer.MAX_VALUE);
            }
            case SUBSTRING ->
                substring(
                        string(arguments, 0),
                        SqlCast.toInteger(arguments.get(1)),
                        arguments.size() == 2 ? Integer.MAX_VALUE : count(arguments, 2));
            case ABS -> absolute(SqlCast.toInteger(arguments.getFirst()));
            case INT -> SqlCast.toInteger(arguments.getFirst());
            case BOOL ->
                arguments.getFirst() instanceof Integer number ? number != 0 : SqlCast.toBoolean(arguments.getFirst());
            case STRING -> string(arguments, 0);
        };
    }

    private static String substring(String text, int position, int length) {
        if (position == 0) {
            return "";
        }
        int all = length(text);
        if (position > all || position < -all) {
            throw new SqlError(SqlError.Kind.FUNCTION_EVALUATION);
        }
        return part(text, position > 0 ? position - 1 : all + position, length);
    }

    private static String part(String text, int from, int length) {
        int start = text.offsetByCodePoints(0, from);
        int left = text.codePointCount(start, text.length());
        return text.substring(start, text.offsetByCodePoints(start, Math.min(length, left)));
    }

    private static int absolute(int number) {
        if (number == Integer.MIN_VALUE) {
            throw new SqlError(SqlError.Kind.MATH);
        }
        return Math.abs(number);
    }

    private static int count(List<Object> arguments, int index) {
        int count = SqlCast.toInteger(arguments.get(index));
        if (count < 0) {
            throw new SqlError(SqlError.Kind.FUNCTION_EVALUATION);
        }
        return count;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String string(List<Object> arguments, int index) {
        return arguments.get(index).toString();
    }

    private static List<String> strings(List<Object> arguments) {
        return arguments.stream().map(Object::toString).toList();
    }
}
