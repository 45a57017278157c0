package dev.tidings.engine.testkit.disk;

import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/// A handle of a file on a [FaultyDisk].
final class FaultyFile implements DiskFile {
    private final FaultyDisk disk;
    private final Inode inode;
    private volatile boolean closed;

    FaultyFile(FaultyDisk disk, Inode inode) {
        this.disk = disk;
        this.inode = inode;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return disk.read(open(), into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        disk.write(open(), from, position);
    }

    @Override
    public void sync() throws IOException {
        disk.sync(open());
    }

    @Override
    public long size() throws IOException {
        return disk.size(open());
    }

    @Override
    public void truncate(long size) throws IOException {
        disk.truncate(open(), size);
    }

    @Override
    public void close() {
        closed = true;
    }

    private Inode open() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return inode;
    }
}
