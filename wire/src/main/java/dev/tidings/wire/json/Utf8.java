package dev.tidings.wire.json;

import dev.tidings.model.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The check that bytes are UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above
/// U+10FFFF.
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /// Where the first sequence begins that is not UTF-8, from the start of the bytes; -1 where all of it is.
    public static int firstFlaw(Bytes bytes) {
        byte[] array = bytes.array();
        int end = bytes.offset() + bytes.length();
        int at = skipAscii(array, bytes.offset(), end);
        while (at < end) {
            int length = sequence(array, at, end);
            if (length == 0) {
                return at - bytes.offset();
            }
            at = skipAscii(array, at + length, end);
        }
        return -1;
    }

    private static int skipAscii(byte[] array, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES && ((long) LONGS.get(array, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < end && array[at] >= 0) {
            at++;
        }
        return at;
    }

    /// The length of the sequence of two to four bytes that begins here; 0 where it is malformed.
    static int sequence(byte[] array, int at, int end) {
        int first = array[at] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || length > end - at || !secondFits(first, array[at + 1] & 0xff)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((array[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean secondFits(int first, int second) {
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return second >= least && second <= most;
    }
}
