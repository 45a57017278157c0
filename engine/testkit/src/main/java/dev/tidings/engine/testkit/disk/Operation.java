package dev.tidings.engine.testkit.disk;

/// What is asked of a [FaultyDisk].
public enum Operation {
    READ,
    CREATE,
    WRITE,
    TRUNCATE,
    SYNC,
    CREATE_DIRECTORY,
    MOVE,
    DELETE,
    LINK,
    SYNC_DIRECTORY;

    /// Whether it changes what a crash would leave.
    public boolean changes() {
        return this != READ;
    }
}
