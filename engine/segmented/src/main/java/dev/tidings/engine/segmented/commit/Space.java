package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.disk.Disk;
import dev.tidings.model.DataSize;
import java.io.IOException;

/// Watches how much of the disk is left.
public final class Space {
    private final Disk disk;
    private final long nearlyFull;
    private final Health health;
    private final Runnable checkpoint;
    private volatile boolean starved;

    /// @param checkpoint asks for a checkpoint
    public Space(Disk disk, DataSize nearlyFull, Health health, Runnable checkpoint) {
        this.disk = disk;
        this.nearlyFull = nearlyFull.bytes();
        this.health = health;
        this.checkpoint = checkpoint;
    }

    /// A checkpoint did not find the space it needs.
    public void starved() {
        starved = true;
        health.full("the disk is full");
    }

    /// A checkpoint succeeded.
    public void fed() {
        starved = false;
    }

    /// Looks, and returns whether events may be taken.
    public boolean look() {
        long usable;
        try {
            usable = disk.usableSpace();
        } catch (IOException e) {
            health.fail("cannot find out how much space is left: " + e.getMessage(), e);
            return false;
        }
        if (usable < nearlyFull) {
            health.full("the disk is nearly full: %s usable, %s needed"
                    .formatted(new DataSize(usable), new DataSize(nearlyFull)));
            return false;
        }
        if (starved) {
            checkpoint.run();
            return false;
        }
        health.spaceAgain();
        return true;
    }
}
