package dev.tidings.engine.segmented.backup;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// Copies files and takes their checksums.
final class Copying {
    private static final int CHUNK = 1 << 16;

    private Copying() {}

    /// Copies the first `length` bytes of a file to a new one, durably, and returns their CRC32C. Stretches of
    /// zeroes are not written: they take no space.
    static int sparse(Path from, Path to, long length) throws IOException {
        return copy(from, to, length, true);
    }

    /// The same, with all space taken that the length says.
    static int dense(Path from, Path to, long length) throws IOException {
        return copy(from, to, length, false);
    }

    private static int copy(Path from, Path to, long length, boolean sparse) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            CRC32C crc = new CRC32C();
            ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
            for (long at = 0; at < length; at += CHUNK) {
                fill(in, bytes, at, length);
                crc.update(bytes.array(), 0, bytes.limit());
                boolean last = at + CHUNK >= length;
                if (!sparse || last || !isZero(bytes)) {
                    write(out, bytes, at);
                }
            }
            out.force(true);
            return (int) crc.getValue();
        }
    }

    /// The CRC32C of the first `length` bytes of a file.
    static int checksum(Path file, long length) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            CRC32C crc = new CRC32C();
            ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
            for (long at = 0; at < length; at += CHUNK) {
                fill(in, bytes, at, length);
                crc.update(bytes.array(), 0, bytes.limit());
            }
            return (int) crc.getValue();
        }
    }

    /// Whether two files of one length begin and end with the same bytes, so many of them each.
    static boolean sameEnds(Path one, Path other, int bytes) throws IOException {
        try (FileChannel first = FileChannel.open(one, StandardOpenOption.READ);
                FileChannel second = FileChannel.open(other, StandardOpenOption.READ)) {
            long length = first.size();
            int count = (int) Math.min(bytes, length);
            return same(first, second, 0, count) && same(first, second, length - count, count);
        }
    }

    private static boolean same(FileChannel first, FileChannel second, long at, int count) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(CHUNK);
        ByteBuffer other = ByteBuffer.allocate(CHUNK);
        fill(first, one, at, at + count);
        fill(second, other, at, at + count);
        return one.equals(other);
    }

    /// Makes what happened to names in a directory durable.
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void fill(FileChannel in, ByteBuffer bytes, long at, long length) throws IOException {
        bytes.clear().limit((int) Math.min(CHUNK, length - at));
        while (bytes.hasRemaining()) {
            if (in.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("the file ends at byte " + (at + bytes.position()) + ", not " + length);
            }
        }
        bytes.flip();
    }

    private static void write(FileChannel out, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes, at + bytes.position());
        }
    }

    private static boolean isZero(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
