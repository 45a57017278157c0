package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.segmented.wal.RingPosition;

/// What a slot says: all up to a position of the ring is in the segments and in a snapshot.
///
/// @param generation grows by one with each checkpoint
/// @param position   where replay begins
/// @param epoch      of the process that wrote it
/// @param snapshot   the snapshot's length in bytes; its name follows from the generation
public record Checkpoint(long generation, RingPosition position, long epoch, long snapshot) {
    /// Of a store that never had one.
    public static final Checkpoint NONE = new Checkpoint(0, RingPosition.START, 0, 0);

    public String snapshotFile() {
        return SnapshotWriter.DIRECTORY + "/" + snapshotName();
    }

    String snapshotName() {
        return "snapshot-" + generation;
    }
}
