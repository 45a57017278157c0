package dev.tidings.engine.segmented.wal;

/// The shape of a ring, which it keeps for ever.
public record Geometry(int files, long fileBytes) {
    private static final int MOST_FILES = 1 << 16;
    private static final long LARGEST_FILE = 1L << 40;

    public Geometry {
        if (files > MOST_FILES || fileBytes > LARGEST_FILE) {
            throw new IllegalArgumentException("a ring has at most %d files of %d bytes, found %d of %d"
                    .formatted(MOST_FILES, LARGEST_FILE, files, fileBytes));
        }
        if (files < 2 || fileBytes < RecordFormat.ALIGNMENT || fileBytes % RecordFormat.ALIGNMENT != 0) {
            throw new IllegalArgumentException("a ring has at least 2 files of a multiple of 4096 bytes, found %d of %d"
                    .formatted(files, fileBytes));
        }
    }

    public long capacity() {
        return files * fileBytes;
    }

    int file(long location) {
        return (int) (location / fileBytes % files);
    }

    long offset(long location) {
        return location % fileBytes;
    }

    /// Where a record of that length goes when the next free place is `location`: there, or in the next file.
    long place(long location, int padded) {
        return offset(location) + padded <= fileBytes ? location : nextFile(location);
    }

    long nextFile(long location) {
        return (location / fileBytes + 1) * fileBytes;
    }

    static String path(int file) {
        return RingFiles.DIRECTORY + "/wal-" + file;
    }
}
