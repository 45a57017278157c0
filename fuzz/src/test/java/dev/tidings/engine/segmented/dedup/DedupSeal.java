package dev.tidings.engine.segmented.dedup;

import dev.tidings.engine.segmented.format.Packed;

/// Checksums for files of deduplication.
public final class DedupSeal {
    private static final int MAGIC = 0xded0ded0;
    private static final int HEADER = 16;
    private static final int SIGHTING = Generation.FIELDS * Long.BYTES;

    private DedupSeal() {}

    /// Makes the magic numbers and the checksums of all chunks right, as far as the lengths in them allow.
    public static void seal(byte[] bytes) {
        int at = 0;
        while (at <= bytes.length - HEADER) {
            long length = Packed.intAt(bytes, at + 8) * (long) SIGHTING;
            Packed.putInt(bytes, at, MAGIC);
            if (length < 0 || length > bytes.length - at - HEADER) {
                return;
            }
            int end = at + HEADER + (int) length;
            Packed.putInt(bytes, at + 4, Packed.crc(bytes, at + 8, end));
            at = end;
        }
    }
}
