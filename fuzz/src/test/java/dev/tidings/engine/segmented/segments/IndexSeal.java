package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.segmented.format.Packed;

/// Checksums for the index of a segment.
public final class IndexSeal {
    private static final int HEADER = 24;

    private IndexSeal() {}

    /// Makes the magic number and the checksums right, as far as the lengths in it allow.
    public static void seal(byte[] index) {
        Packed.putInt(index, 0, 0x1de81de8);
        int end = HEADER + Math.clamp(Packed.intAt(index, 8), 0, index.length - HEADER);
        long runs = Packed.intAt(index, 16) * (long) SegmentIndex.ENTRY_BYTES;
        if (runs >= 0 && runs <= index.length - end) {
            Packed.putInt(index, 20, Packed.crc(index, end, end + (int) runs));
        }
        Packed.putInt(index, 12, Packed.crc(index, 0, 12) * 31 + Packed.crc(index, 16, end));
    }
}
