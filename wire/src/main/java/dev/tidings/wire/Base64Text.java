package dev.tidings.wire;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Base64 of RFC 4648, section 4. The padding may be left out.
final class Base64Text {
    private Base64Text() {}

    static boolean wellFormed(String text) {
        int end = text.length();
        while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (!digit(text.charAt(i))) {
                return false;
            }
        }
        return end == text.length() ? end % 4 != 1 : text.length() % 4 == 0;
    }

    static Bytes decode(String wellFormed) {
        return Bytes.of(Base64.getDecoder().decode(wellFormed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean digit(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
