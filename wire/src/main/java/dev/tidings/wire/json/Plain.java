package dev.tidings.wire.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The characters of a string that stand for themselves and need no further look: ASCII but for control characters,
/// the quote and the backslash. Looks at eight bytes at a time.
final class Plain {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BLANKS = 0x2020202020202020L;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

    private Plain() {}

    /// Where the plain characters from `from` on end.
    static int end(byte[] array, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES) {
            long other = others((long) LONGS.get(array, at));
            if (other != 0) {
                return at + (Long.numberOfTrailingZeros(other) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && isPlain(array[at])) {
            at++;
        }
        return at;
    }

    /// Has the high bit of the first byte set that is not plain, and of none before it. (Of some behind it, too: a
    /// subtraction borrows from the next byte only where it has found something.)
    private static long others(long bytes) {
        return ((bytes - BLANKS) | ((bytes ^ QUOTES) - ONES) | ((bytes ^ BACKSLASHES) - ONES) | bytes) & HIGH_BITS;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }
}
