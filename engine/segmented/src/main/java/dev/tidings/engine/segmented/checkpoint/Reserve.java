package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.disk.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Ballast: a file of zeroes that is given up when a checkpoint finds the disk full, and made again when there is
/// space.
public final class Reserve {
    private static final String PATH = "reserve";
    private static final int FILL = 1 << 20;

    private final Disk disk;
    private final long bytes;
    private final long free;
    private boolean whole;

    /// @param free so much more space there must be before the ballast is made
    public Reserve(Disk disk, long bytes, long free) {
        this.disk = disk;
        this.bytes = bytes;
        this.free = free;
    }

    /// Makes the ballast where it is not there and space enough is.
    void fill() throws IOException {
        if (whole || bytes == 0 || disk.usableSpace() < bytes + free) {
            return;
        }
        try (DiskFile file = disk.open(PATH)) {
            ByteBuffer zeroes = ByteBuffer.allocate((int) Math.min(FILL, bytes));
            for (long at = file.size(); at < bytes; at += zeroes.limit()) {
                zeroes.clear().limit((int) Math.min(zeroes.capacity(), bytes - at));
                file.write(zeroes, at);
            }
            file.sync();
            whole = true;
        } catch (DiskFullException _) {
            release();
        }
    }

    /// Gives the ballast up; returns whether there was any.
    boolean release() throws IOException {
        whole = false;
        if (!disk.exists(PATH)) {
            return false;
        }
        disk.delete(PATH);
        return true;
    }
}
