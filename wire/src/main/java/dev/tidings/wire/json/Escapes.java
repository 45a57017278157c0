package dev.tidings.wire.json;

import java.nio.charset.StandardCharsets;

/// Strings with escapes in them (RFC 8259, section 7), already known to be well-formed. Half a surrogate pair stays
/// one: whether it may stand there is for the reader of the string to judge.
final class Escapes {
    private Escapes() {}

    static String decode(byte[] array, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int copied = from;
        for (int at = from; at < to; at++) {
            if (array[at] == '\\') {
                text.append(new String(array, copied, at - copied, StandardCharsets.UTF_8));
                boolean unicode = array[at + 1] == 'u';
                text.append(unicode ? codeUnit(array, at + 2) : single(array[at + 1]));
                at += unicode ? 5 : 1;
                copied = at + 1;
            }
        }
        return text.append(new String(array, copied, to - copied, StandardCharsets.UTF_8))
                .toString();
    }

    private static char codeUnit(byte[] array, int at) {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = unit << 4 | Character.digit(array[at + i], 16);
        }
        return (char) unit;
    }

    private static char single(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) escaped;
        };
    }
}
