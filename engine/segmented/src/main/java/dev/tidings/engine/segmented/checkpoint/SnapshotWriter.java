package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Writer;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Writes a snapshot: frames of `int magic, int CRC32C of the items, int length of the items, int
/// generation of the checkpoint (its lowest bits; 0: not told)`, then items.
/// Whoever adds items calls [#frame] between them.
final class SnapshotWriter {
    static final String DIRECTORY = "state";
    static final int MAGIC = 0x57a7e5a7;
    static final int HEADER = 16;
    static final int GENERATION = 12;
    private static final int FRAME = 256 << 10;

    private final DiskFile file;
    private final long generation;
    private final Writer out = new Writer(FRAME + FRAME / 4);
    private long written;

    SnapshotWriter(DiskFile file, long generation) {
        this.file = file;
        this.generation = generation;
        out.skip(HEADER);
    }

    Writer items() {
        return out;
    }

    /// A frame may end here.
    void frame() throws IOException {
        if (out.position() >= FRAME) {
            flush();
        }
    }

    /// Writes the rest and syncs; returns the length of it all.
    long finish() throws IOException {
        flush();
        file.sync();
        return written;
    }

    private void flush() throws IOException {
        int length = out.position();
        if (length == HEADER) {
            return;
        }
        byte[] array = out.array();
        Packed.putInt(array, 0, MAGIC);
        Packed.putInt(array, 4, Packed.crc(array, HEADER, length));
        Packed.putInt(array, 8, length - HEADER);
        Packed.putInt(array, GENERATION, (int) generation);
        file.write(ByteBuffer.wrap(array, 0, length), written);
        written += length;
        out.reset(HEADER);
    }
}
