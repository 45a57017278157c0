package dev.tidings.engine.disk;

import java.io.IOException;
import java.util.List;

/// A directory tree on a disk. Paths are relative, with `/` between names (`wal/wal-0`). Every method may be
/// called by any thread. A full disk shows as a [DiskFullException], any other failure as an [IOException].
public interface Disk {
    /// Opens a file for reading and writing, and creates it, empty, where it does not exist; its directory must
    /// exist.
    DiskFile open(String path) throws IOException;

    boolean exists(String path) throws IOException;

    /// The names (not paths) in a directory, sorted; empty where there is no such directory.
    List<String> list(String directory) throws IOException;

    /// Creates a directory and those above it.
    void createDirectory(String directory) throws IOException;

    /// Moves a file atomically, over an existing one if there is one. Durable after [#syncDirectory].
    void move(String from, String to) throws IOException;

    void delete(String path) throws IOException;

    /// Makes creations, moves and deletions in a directory durable.
    void syncDirectory(String directory) throws IOException;

    /// Bytes that can still be written.
    long usableSpace() throws IOException;

    /// Makes a second name for a file's content.
    void link(String existing, String path) throws IOException;
}
