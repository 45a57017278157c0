package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.wal.RingPosition;
import java.io.IOException;

/// Snapshots whose checksums hold, whatever is in them.
public final class Snapshots {
    private Snapshots() {}

    /// Makes the first checkpoint of a store, whose snapshot is one frame of these items.
    public static void write(Disk disk, byte[] items) throws IOException {
        try (DiskFile file = disk.open("state/snapshot-1")) {
            SnapshotWriter writer = new SnapshotWriter(file, 1);
            int start = writer.items().skip(items.length);
            System.arraycopy(items, 0, writer.items().array(), start, items.length);
            new Slots(disk).write(new Checkpoint(1, RingPosition.START, 1, writer.finish()));
        }
    }
}
