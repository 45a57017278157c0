package dev.tidings.wire;

import dev.tidings.model.Bytes;

/// Offsets as clients write them: decimal integers from 1.
final class Offsets {
    private static final int MAX_DIGITS = 18;

    private Offsets() {}

    /// -1 where the text is no offset.
    static long parse(Bytes text) {
        long offset = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.at(i) - '0';
            if (digit < 0 || digit > 9 || i == MAX_DIGITS) {
                return -1;
            }
            offset = offset * 10 + digit;
        }
        return offset == 0 ? -1 : offset;
    }
}
