package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.ItemScan;
import dev.tidings.engine.segmented.format.ItemSink;
import dev.tidings.engine.segmented.format.Packed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Reads a snapshot back, and refuses one that is not whole.
public final class SnapshotReader {
    private static final int LENGTH = 8;

    private SnapshotReader() {}

    public static void read(Disk disk, Checkpoint checkpoint, ItemSink sink) throws IOException {
        String path = checkpoint.snapshotFile();
        if (!disk.exists(path)) {
            throw new Corrupt(path, 0, "the file is missing");
        }
        try (DiskFile file = disk.open(path)) {
            long at = 0;
            while (at < checkpoint.snapshot()) {
                byte[] items = frame(file, checkpoint, at);
                apply(items, sink, path, at);
                at += SnapshotWriter.HEADER + items.length;
            }
            if (at > checkpoint.snapshot()) {
                throw new Corrupt(path, checkpoint.snapshot(), "a frame goes on where the snapshot ends");
            }
        }
    }

    /// Reads the frames that hold; `damage` is told of the others. Behind a frame whose beginning does not hold,
    /// nothing is found.
    public static void readWhatHolds(Disk disk, Checkpoint checkpoint, ItemSink sink, Consumer<Corrupt> damage)
            throws IOException {
        String path = checkpoint.snapshotFile();
        try (DiskFile file = disk.open(path)) {
            long end = Math.min(checkpoint.snapshot(), file.size());
            if (end < checkpoint.snapshot()) {
                damage.accept(new Corrupt(path, end, "the file ends before byte " + checkpoint.snapshot()));
            }
            long at = 0;
            while (at < end) {
                byte[] header = new byte[SnapshotWriter.HEADER];
                if (!begins(file, at, header)) {
                    damage.accept(new Corrupt(path, at, "no frame begins here"));
                    return;
                }
                try {
                    apply(frame(file, checkpoint, at), sink, path, at);
                } catch (Corrupt corrupt) {
                    damage.accept(corrupt);
                }
                at += header.length + Packed.intAt(header, LENGTH);
            }
        }
    }

    private static byte[] frame(DiskFile file, Checkpoint checkpoint, long at) throws IOException {
        String path = checkpoint.snapshotFile();
        byte[] header = new byte[SnapshotWriter.HEADER];
        if (!begins(file, at, header)) {
            throw new Corrupt(path, at, "no frame begins here");
        }
        byte[] items = new byte[Packed.intAt(header, LENGTH)];
        file.read(ByteBuffer.wrap(items), at + header.length);
        if (Packed.crc(items, 0, items.length) != Packed.intAt(header, 4)) {
            throw new Corrupt(path, at, "the checksum of the frame does not match");
        }
        int generation = Packed.intAt(header, SnapshotWriter.GENERATION);
        if (generation != 0 && generation != (int) checkpoint.generation()) {
            throw new Corrupt(path, at, "the frame belongs to the snapshot of checkpoint " + generation);
        }
        return items;
    }

    /// Reads the header of a frame; whether it is one.
    private static boolean begins(DiskFile file, long at, byte[] header) throws IOException {
        int got = file.read(ByteBuffer.wrap(header), at);
        int length = Packed.intAt(header, LENGTH);
        return got == header.length
                && Packed.intAt(header, 0) == SnapshotWriter.MAGIC
                && length > 0
                && length <= file.size() - at - header.length;
    }

    private static void apply(byte[] items, ItemSink sink, String path, long at) {
        try {
            ItemScan.scan(items, 0, items.length, sink);
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Corrupt(path, at, "the frame makes no sense: " + e.getMessage());
        }
    }
}
