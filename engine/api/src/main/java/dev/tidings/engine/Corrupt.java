package dev.tidings.engine;

/// Stored bytes disagree with their checksum, or with what must be true of them. Nothing was deleted.
public final class Corrupt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;
    private final String what;

    /// @param file   the file, relative to the data directory
    /// @param offset where in it, in bytes
    public Corrupt(String file, long offset, String what) {
        super("%s is corrupt at byte %d: %s".formatted(file, offset, what));
        this.file = file;
        this.offset = offset;
        this.what = what;
    }

    public String file() {
        return file;
    }

    public long offset() {
        return offset;
    }

    public String what() {
        return what;
    }
}
