package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Engine;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.util.Optional;

/// One store of the engine under examination; empty when it is new. The exam is quick only with small parts:
/// segments of at most 64 KiB, and at most 8 MiB of anything that is written ahead.
public interface Examinee extends AutoCloseable {
    /// Opens the store with what it holds. The engine opened before was closed, or crashed.
    Engine open() throws IOException;

    /// Lets the open engine go as by a power cut, and prepares the store as the next start will find it.
    void crash(Crash crash);

    /// The disk below the open engine, where it has one; it is another one after a crash.
    Optional<FaultyDisk> disk();

    /// Gives the store up, with the engine that is open, if one is.
    @Override
    void close();
}
