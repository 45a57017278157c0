package dev.tidings.client.spool;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/// A file on a disk with little room: what does not fit is written as far as it goes.
final class CrampedFile extends RandomAccessFile {
    private final Disk disk;

    CrampedFile(File file, Disk disk) throws IOException {
        super(file, "rw");
        this.disk = disk;
    }

    /// What files share.
    static final class Disk {
        long room;
        boolean refusesToCut;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        long more = Math.max(0, getFilePointer() + count - length());
        int fits = (int) Math.max(0, count - Math.max(0, more - disk.room));
        disk.room -= Math.min(more, disk.room);
        super.write(bytes, from, fits);
        if (fits < count) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void setLength(long length) throws IOException {
        if (disk.refusesToCut) {
            throw new IOException("Input/output error");
        }
        disk.room += length() - length;
        super.setLength(length);
    }
}
