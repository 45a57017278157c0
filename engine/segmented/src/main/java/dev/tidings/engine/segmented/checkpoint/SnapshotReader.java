package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.ItemScan;
import dev.tidings.engine.segmented.format.ItemSink;
import dev.tidings.engine.segmented.format.Packed;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads a snapshot back, and refuses one that is not whole.
public final class SnapshotReader {
    private SnapshotReader() {}

    public static void read(Disk disk, Checkpoint checkpoint, ItemSink sink) throws IOException {
        String path = checkpoint.snapshotFile();
        if (!disk.exists(path)) {
            throw new Corrupt(path, 0, "the file is missing");
        }
        try (DiskFile file = disk.open(path)) {
            long at = 0;
            while (at < checkpoint.snapshot()) {
                byte[] items = frame(file, path, at);
                apply(items, sink, path, at);
                at += SnapshotWriter.HEADER + items.length;
            }
        }
    }

    private static byte[] frame(DiskFile file, String path, long at) throws IOException {
        byte[] header = new byte[SnapshotWriter.HEADER];
        int got = file.read(ByteBuffer.wrap(header), at);
        int length = Packed.intAt(header, 8);
        boolean begins = got == header.length
                && Packed.intAt(header, 0) == SnapshotWriter.MAGIC
                && length > 0
                && length <= file.size() - at - header.length;
        if (!begins) {
            throw new Corrupt(path, at, "no frame begins here");
        }
        byte[] items = new byte[length];
        file.read(ByteBuffer.wrap(items), at + header.length);
        if (Packed.crc(items, 0, length) != Packed.intAt(header, 4)) {
            throw new Corrupt(path, at, "the checksum of the frame does not match");
        }
        return items;
    }

    private static void apply(byte[] items, ItemSink sink, String path, long at) {
        try {
            ItemScan.scan(items, 0, items.length, sink);
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Corrupt(path, at, "the frame makes no sense: " + e.getMessage());
        }
    }
}
