package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Writer;

/// The first 1024 bytes of a segment's file: whose it is, so that a file explains itself to whoever salvages it.
///
/// ```
/// 0 int magic, 4 int CRC32C of 8 to 1024, 8 int version, 12 int stream number, 16 long first position,
/// 24 the stream's name
/// ```
final class SegmentHeader {
    static final int BYTES = 1024;
    private static final int MAGIC = 0x5e63e275;
    private static final int VERSION = 1;

    private SegmentHeader() {}

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
