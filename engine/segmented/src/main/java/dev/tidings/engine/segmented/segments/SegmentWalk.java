package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Packed;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads a segment's file block by block. Where a block does not hold it looks for the next one that does, so that
/// damage costs no more than what it touches.
public final class SegmentWalk {
    private static final int WINDOW = 1 << 20;

    private final DiskFile file;
    private final long end;
    private final Sink sink;

    /// Is told what is found, in order.
    public interface Sink {
        /// A block that holds: its bytes, the header first.
        void block(byte[] block, long offset) throws IOException;

        /// From `from` to `to` no block holds.
        void damaged(long from, long to, String what);
    }

    private SegmentWalk(DiskFile file, long end, Sink sink) {
        this.file = file;
        this.end = end;
        this.sink = sink;
    }

    /// Walks the first `bytes` of a file, or as much as there is of it.
    public static void walk(DiskFile file, long bytes, Sink sink) throws IOException {
        new SegmentWalk(file, Math.min(bytes, file.size()), sink).walk();
    }

    private void walk() throws IOException {
        long at = SegmentHeader.BYTES;
        while (at < end) {
            byte[] block = block(at);
            if (block.length > 0) {
                sink.block(block, at);
                at += block.length;
            } else {
                long next = next(at + 1);
                sink.damaged(at, next, "no block that holds begins here");
                at = next;
            }
        }
    }

    /// The block at an offset, or nothing where none holds.
    private byte[] block(long at) throws IOException {
        byte[] header = read(at, Block.HEADER);
        if (header.length < Block.HEADER || !Block.headerHolds(header, 0, end - at)) {
            return new byte[0];
        }
        byte[] block = read(at, Block.end(header, 0));
        boolean holds = block.length == Block.end(header, 0) && Block.bodyHolds(block, 0) && entriesHold(block);
        return holds ? block : new byte[0];
    }

    /// Whether the entries are as many as the header says, and end where the block ends.
    private static boolean entriesHold(byte[] block) {
        long position = Block.first(block, 0);
        int at = Block.HEADER;
        while (at < block.length && holds(block, at, position)) {
            at = EntryFormat.endOf(block, at);
            position++;
        }
        return at == block.length && position == Block.next(block, 0);
    }

    private static boolean holds(byte[] block, int at, long position) {
        return EntryFormat.holds(block, at, block.length)
                && EntryFormat.position(block, at) == position
                && EntryFormat.type(block, at) >= 0;
    }

    private byte[] read(long at, int length) throws IOException {
        byte[] bytes = new byte[(int) Math.min(length, end - at)];
        int count = file.read(ByteBuffer.wrap(bytes), at);
        return count == bytes.length ? bytes : new byte[0];
    }

    /// Where the next block that holds begins, or the end.
    private long next(long from) throws IOException {
        for (long window = from; window < end; window += WINDOW) {
            byte[] bytes = read(window, WINDOW + Integer.BYTES);
            for (int i = 0; i + Integer.BYTES <= bytes.length; i++) {
                if (Packed.intAt(bytes, i) == Block.MAGIC && block(window + i).length > 0) {
                    return window + i;
                }
            }
        }
        return end;
    }
}
