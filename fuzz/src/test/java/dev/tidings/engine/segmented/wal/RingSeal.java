package dev.tidings.engine.segmented.wal;

import dev.tidings.engine.segmented.format.Packed;

/// Checksums for records of the ring.
public final class RingSeal {
    private static final int HEADER_CRC = 12;
    private static final int BODY_CRC = 16;
    private static final int BEFORE_CRC = 20;

    private RingSeal() {}

    /// Makes the checksums of all records right, as far as the lengths in them allow: a record that named the
    /// one before still does.
    public static void seal(byte[] file) {
        int at = 0;
        int before = 0;
        int beforeNow = 0;
        while (at <= file.length - RecordFormat.HEADER) {
            int length = RecordFormat.length(file, at);
            if (length < RecordFormat.HEADER || length > file.length - at) {
                return;
            }
            if (Packed.intAt(file, at + BEFORE_CRC) == before) {
                Packed.putInt(file, at + BEFORE_CRC, beforeNow);
            }
            before = Packed.intAt(file, at + HEADER_CRC);
            Packed.putInt(file, at + BODY_CRC, Packed.crc(file, at + RecordFormat.HEADER, at + length));
            beforeNow = Packed.crc(file, at, at + HEADER_CRC) * 31
                    + Packed.crc(file, at + BODY_CRC, at + RecordFormat.HEADER);
            Packed.putInt(file, at + HEADER_CRC, beforeNow);
            at += RecordFormat.padded(length);
        }
    }
}
