package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import org.jspecify.annotations.Nullable;

/// The first 1024 bytes of a segment's file: whose it is, so that a file explains itself to whoever salvages it.
///
/// ```
/// 0 int magic, 4 int CRC32C of 8 to 1024, 8 int version, 12 int stream number, 16 long first position,
/// 24 the stream's name
/// ```
public final class SegmentHeader {
    public static final int BYTES = 1024;
    private static final int MAGIC = 0x5e63e275;
    private static final int VERSION = 1;

    private SegmentHeader() {}

    /// Whose a segment's file is.
    public record Owner(int stream, String name, long first) {}

    /// The owner that the first bytes of a file tell, or null where they do not hold.
    public static @Nullable Owner read(byte[] bytes) {
        boolean holds = bytes.length >= BYTES
                && Packed.intAt(bytes, 0) == MAGIC
                && Packed.intAt(bytes, Integer.BYTES) == Packed.crc(bytes, 2 * Integer.BYTES, BYTES)
                && Packed.intAt(bytes, 2 * Integer.BYTES) == VERSION;
        if (!holds) {
            return null;
        }
        Reader in = new Reader(bytes, 3 * Integer.BYTES, BYTES);
        int stream = in.readInt();
        long first = in.readLong();
        return new Owner(stream, in.readText(), first);
    }

    static byte[] of(int stream, String name, long first) {
        Writer out = new Writer(BYTES);
        out.putInt(MAGIC);
        out.putInt(0);
        out.putInt(VERSION);
        out.putInt(stream);
        out.putLong(first);
        out.putText(name);
        out.padTo(BYTES);
        Packed.putInt(out.array(), Integer.BYTES, Packed.crc(out.array(), 2 * Integer.BYTES, BYTES));
        return out.array();
    }
}
