package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Packed;

/// A block of a segment: this header, then entries ([EntryFormat]).
///
/// ```
///  0 int magic                12 int  length of the entries    32 long time of the first
///  4 int CRC32C of 8 to 112   16 int  how many                 40 long time of the last
///  8 int CRC32C of entries    20 int  stream number            48 64 bytes: a bit for each type number inside,
///                             24 long first position              modulo 512
/// ```
public final class Block {
    public static final int HEADER = 112;
    public static final int TYPE_BITS = 512;
    static final int BITMAP = 48;

    static final int MAGIC = 0xb10cf10c;
    private static final int HEADER_CRC = 4;
    private static final int BODY_CRC = 8;
    private static final int BODY_LENGTH = 12;
    private static final int COUNT = 16;
    private static final int STREAM = 20;
    private static final int FIRST = 24;
    private static final int FIRST_MILLIS = 32;
    private static final int LAST_MILLIS = 40;

    private Block() {}

    /// Writes the header at `at`, before the entries that stand behind it up to `end`; returns what the index is
    /// to know.
    static SegmentIndex.Run seal(byte[] array, int at, int end, long offset) {
        int first = at + HEADER;
        int count = 0;
        int last = first;
        long folded = 0;
        for (int entry = first; entry < end; entry = EntryFormat.endOf(array, entry)) {
            int bit = EntryFormat.type(array, entry) % TYPE_BITS;
            array[at + BITMAP + (bit >> 3)] |= (byte) (1 << (bit & 7));
            folded |= 1L << (bit & 63);
            last = entry;
            count++;
        }
        Packed.putInt(array, at, MAGIC);
        Packed.putInt(array, at + BODY_CRC, Packed.crc(array, first, end));
        Packed.putInt(array, at + BODY_LENGTH, end - first);
        Packed.putInt(array, at + COUNT, count);
        Packed.putInt(array, at + STREAM, EntryFormat.stream(array, first));
        Packed.putLong(array, at + FIRST, EntryFormat.position(array, first));
        Packed.putLong(array, at + FIRST_MILLIS, EntryFormat.accepted(array, first));
        Packed.putLong(array, at + LAST_MILLIS, EntryFormat.accepted(array, last));
        Packed.putInt(array, at + HEADER_CRC, Packed.crc(array, at + BODY_CRC, at + HEADER));
        return new SegmentIndex.Run(
                EntryFormat.position(array, first), offset, EntryFormat.accepted(array, first), folded);
    }

    public static boolean headerHolds(byte[] array, int at) {
        return at + HEADER <= array.length && headerHolds(array, at, array.length - at);
    }

    /// Whether a header holds, of whose block no more than `room` bytes can be there.
    static boolean headerHolds(byte[] array, int at, long room) {
        return Packed.intAt(array, at) == MAGIC
                && Packed.intAt(array, at + HEADER_CRC) == Packed.crc(array, at + BODY_CRC, at + HEADER)
                && bodyLength(array, at) >= 0
                && bodyLength(array, at) <= room - HEADER;
    }

    public static boolean bodyHolds(byte[] array, int at) {
        int body = at + HEADER;
        return Packed.intAt(array, at + BODY_CRC) == Packed.crc(array, body, body + bodyLength(array, at));
    }

    public static int bodyLength(byte[] array, int at) {
        return Packed.intAt(array, at + BODY_LENGTH);
    }

    public static int end(byte[] array, int at) {
        return at + HEADER + bodyLength(array, at);
    }

    public static int stream(byte[] array, int at) {
        return Packed.intAt(array, at + STREAM);
    }

    public static long first(byte[] array, int at) {
        return Packed.longAt(array, at + FIRST);
    }

    public static long next(byte[] array, int at) {
        return first(array, at) + Packed.intAt(array, at + COUNT);
    }

    public static long lastMillis(byte[] array, int at) {
        return Packed.longAt(array, at + LAST_MILLIS);
    }

    /// Whether the block may hold one of the types whose bits these are.
    public static boolean mayHold(byte[] array, int at, long[] typeBits) {
        for (int i = 0; i < typeBits.length; i++) {
            if ((Packed.longAt(array, at + BITMAP + i * Long.BYTES) & typeBits[i]) != 0) {
                return true;
            }
        }
        return false;
    }
}
