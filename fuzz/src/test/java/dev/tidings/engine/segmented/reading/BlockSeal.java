package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.segments.Block;

/// Checksums for blocks.
public final class BlockSeal {
    private static final int MAGIC = 0xb10cf10c;
    private static final int HEADER_CRC = 4;
    private static final int BODY_CRC = 8;

    private BlockSeal() {}

    /// Makes the magic numbers and the checksums of all blocks from `from` on right, as far as the lengths in them
    /// allow.
    public static void seal(byte[] bytes, int from) {
        int at = from;
        while (at <= bytes.length - Block.HEADER) {
            int length = Block.bodyLength(bytes, at);
            int body = at + Block.HEADER;
            boolean fits = length >= 0 && length <= bytes.length - body;
            if (fits) {
                Packed.putInt(bytes, at + BODY_CRC, Packed.crc(bytes, body, body + length));
            }
            Packed.putInt(bytes, at, MAGIC);
            Packed.putInt(bytes, at + HEADER_CRC, Packed.crc(bytes, at + BODY_CRC, body));
            if (!fits) {
                return;
            }
            at = body + length;
        }
    }
}
