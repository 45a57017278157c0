package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Attribute values in HTTP headers (CloudEvents HTTP binding 1.0.2, section 3.1.3.2): percent-encoded UTF-8,
/// and, from senders of older versions, quoted strings.
final class HeaderValue {
    private static final String HEX = "0123456789ABCDEF";

    private HeaderValue() {}

    /// Encodes space, `"`, `%` and whatever is not printable ASCII.
    static String encode(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!plain(value.charAt(i))) {
                return encoded(value);
            }
        }
        return value;
    }

    private static String encoded(String value) {
        StringBuilder text = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && plain((char) b)) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return text.toString();
    }

    private static boolean plain(char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '%';
    }

    /// The value that a header spells, or null where its quotes or its percent-encoding are broken, or where it
    /// holds characters other than ASCII.
    static @Nullable String decode(String header) {
        String value = header.startsWith("\"") ? unquoted(header) : header;
        if (value == null) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' || c < ' ' || c > '~') {
                return percentDecoded(value);
            }
        }
        return value;
    }

    private static @Nullable String unquoted(String header) {
        StringBuilder value = new StringBuilder(header.length());
        int last = header.length() - 1;
        for (int i = 1; i < last; i++) {
            char c = header.charAt(i);
            if (c == '"' || c == '\\' && ++i == last) {
                return null;
            }
            value.append(header.charAt(i));
        }
        return last > 0 && header.charAt(last) == '"' ? value.toString() : null;
    }

    private static @Nullable String percentDecoded(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            int decoded = value.charAt(i) == '%' ? hex(value, i + 1) : value.charAt(i);
            if (decoded < 0 || value.charAt(i) != '%' && (decoded < ' ' || decoded > '~')) {
                return null;
            }
            i += value.charAt(i) == '%' ? 2 : 0;
            bytes.write(decoded);
        }
        Bytes utf8 = Bytes.of(bytes.toByteArray());
        return Utf8.firstFlaw(utf8) < 0 ? utf8.toUtf8() : null;
    }

    private static int hex(String value, int at) {
        boolean hex = at + 1 < value.length()
                && HexFormat.isHexDigit(value.charAt(at))
                && HexFormat.isHexDigit(value.charAt(at + 1));
        return hex ? HexFormat.fromHexDigits(value, at, at + 2) : -1;
    }
}
