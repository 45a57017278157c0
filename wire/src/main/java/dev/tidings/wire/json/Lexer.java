package dev.tidings.wire.json;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// The smallest pieces of a JSON text: told where one begins, tells where it ends, or complains. Places are indices
/// of the array that holds the text.
final class Lexer {
    /// Set in [#marks]: a string holds an escape.
    static final int ESCAPED = 1;
    /// Set in [#marks]: a string holds characters outside ASCII.
    static final int BEYOND_ASCII = 2;
    /// Set in [#marks]: a number has a fraction or an exponent.
    static final int DECIMAL = 4;

    private static final int MAX_NAME = 2048;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    final byte[] array;
    final int start;
    final int end;

    /// What was met since this was last zero. Only what is rare is noted, so that what is common costs nothing.
    int marks;

    Lexer(Bytes text) {
        array = text.array();
        start = text.offset();
        end = start + text.length();
    }

    /// The byte, or -1 behind the last.
    int at(int at) {
        return at < end ? array[at] & 0xff : -1;
    }

    int blanks(int from) {
        int at = from;
        while (at < end && array[at] <= ' ' && isBlank(array[at])) {
            at++;
        }
        return at;
    }

    int pass(int at, char expected, String name) {
        if (at(at) != expected) {
            throw malformed(at, name);
        }
        return at + 1;
    }

    /// Whether an object or array begins here.
    boolean opens(int at) {
        int b = at(at);
        return b == '{' || b == '[';
    }

    int scalar(int at) {
        return switch (at(at)) {
            case '"' -> string(at);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Numbers.end(this, at);
            case 't' -> literal(at, TRUE);
            case 'f' -> literal(at, FALSE);
            case 'n' -> literal(at, NULL);
            default -> throw malformed(at, "a JSON value");
        };
    }

    /// A member's name, without the colon behind it. Sets [#marks] anew.
    int name(int from) {
        pass(from, '"', "a name in double quotes");
        marks = 0;
        int to = string(from);
        if ((marks & ESCAPED) != 0 || to - from > MAX_NAME) {
            judge(Escapes.decode(array, from + 1, to - 1), from);
        }
        return to;
    }

    private void judge(String name, int at) {
        if (name.length() > MAX_NAME) {
            throw malformed(at, "a name of at most " + MAX_NAME + " characters");
        }
        if (name.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw malformed(at, "a name without half surrogate pairs");
        }
    }

    /// From behind a name to its value.
    int colon(int from) {
        return blanks(pass(blanks(from), ':', "a colon behind the name"));
    }

    /// @param from at the opening quote
    private int string(int from) {
        int at = Plain.end(array, from + 1, end);
        while (at(at) != '"') {
            at = Plain.end(array, special(at), end);
        }
        return at + 1;
    }

    private int special(int at) {
        int first = at(at);
        if (first == '\\') {
            marks |= ESCAPED;
            return escape(at + 1);
        }
        if (first < ' ') {
            throw malformed(at, first < 0 ? "the quote that ends the string" : "control characters escaped");
        }
        marks |= BEYOND_ASCII;
        return beyondAscii(at);
    }

    private int beyondAscii(int from) {
        int at = from;
        while (at < end && array[at] < 0) {
            int length = Utf8.sequence(array, at, end);
            if (length == 0) {
                throw malformed(at, "UTF-8");
            }
            at += length;
        }
        return at;
    }

    private int escape(int at) {
        return switch (at(at)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> hex(hex(hex(hex(at + 1))));
            default -> throw malformed(at, "one of \"\\/bfnrtu behind a backslash");
        };
    }

    private int hex(int at) {
        if (!HexFormat.isHexDigit(at(at))) {
            throw malformed(at, "four hexadecimal digits behind \\u");
        }
        return at + 1;
    }

    private int literal(int at, byte[] literal) {
        int to = at + literal.length;
        if (to > end || !Arrays.equals(array, at, to, literal, 0, literal.length)) {
            throw malformed(at, "a JSON value");
        }
        return to;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    Malformed malformed(int at, String expected) {
        int line = 1;
        int lineStart = start;
        for (int i = start; i < at; i++) {
            if (array[i] == '\n' || array[i] == '\r' && at(i + 1) != '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Malformed("expected %s at byte %d (line %d, column %d), found %s"
                .formatted(expected, at - start, line, at - lineStart + 1, found(at(at))));
    }

    private static String found(int b) {
        if (b < 0) {
            return "the end";
        }
        return b > ' ' && b <= '~' ? "'" + (char) b + "'" : "0x%02x".formatted(b);
    }
}
