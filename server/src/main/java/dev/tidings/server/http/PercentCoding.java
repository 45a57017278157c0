package dev.tidings.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Percent-encoding of RFC 3986.
public final class PercentCoding {
    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private PercentCoding() {}

    /// What the characters from `start` to `end` spell; null where a `%` is not followed by two digits, or the
    /// bytes are not UTF-8.
    static @Nullable String decode(String text, int start, int end) {
        int percent = text.indexOf('%', start);
        return percent < 0 || percent >= end ? text.substring(start, end) : decodeSlowly(text, start, end);
    }

    private static @Nullable String decodeSlowly(String text, int start, int end) {
        byte[] bytes = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
        int to = 0;
        for (int from = 0; from < bytes.length; from++) {
            if (bytes[from] != '%') {
                bytes[to++] = bytes[from];
                continue;
            }
            int value = from + 2 < bytes.length ? hex(bytes[from + 1]) << 4 | hex(bytes[from + 2]) : -1;
            if (value < 0) {
                return null;
            }
            bytes[to++] = (byte) value;
            from += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, to))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    /// The text as one segment of a path.
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
