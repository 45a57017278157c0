package dev.tidings.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file. Reads and writes name their position and may come from many threads.
public interface DiskFile extends AutoCloseable {
    /// Fills `into` from `position` on; returns how many bytes there were (fewer than asked only at the end of
    /// the file, 0 behind it).
    int read(ByteBuffer into, long position) throws IOException;

    /// Writes all of `from` at `position`, and extends the file where needed. Not durable before [#sync].
    void write(ByteBuffer from, long position) throws IOException;

    /// Makes the content (not necessarily the file's times) durable. After a failure the state of what was
    /// written since the last success is unknown, and a second try proves nothing.
    void sync() throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
