package dev.tidings.client.spool;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// Where a spool is, and how it is cut into files.
///
/// @param directory made where there is none
/// @param segment   how large a file gets, in bytes, unless a single event is larger
/// @param opener    of files to be written; the file layer, so that a test can put a full disk there
public record SpoolConfig(Path directory, long segment, Opener opener) {
    private static final long LEAST = 64 * 1024;
    private static final long MOST = 16 * 1024 * 1024;
    private static final int SEGMENTS = 16;

    /// Opens a file to read and write it. Not a channel: an interrupted thread that uses one closes it for all.
    @FunctionalInterface
    public interface Opener {
        RandomAccessFile open(File file) throws IOException;
    }

    /// For so many bytes: files are removed as a whole, so the more of them there are, the sooner there is room.
    public static SpoolConfig of(Path directory, long bytes) {
        long segment = Math.max(LEAST, Math.min(MOST, bytes / SEGMENTS));
        return new SpoolConfig(directory, segment, file -> new RandomAccessFile(file, "rw"));
    }

    RandomAccessFile open(Path path) throws IOException {
        return opener.open(path.toFile());
    }
}
