package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Engine;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store of an engine on a [FaultyDisk]. Closing an engine whose disk has crashed must end its threads; it may
/// throw [Unavailable] or [UncheckedIOException].
public final class DiskExaminee implements Examinee {
    private final Opener opener;
    private FaultyDisk disk = new FaultyDisk(1);
    private @Nullable Engine engine;

    /// Opens the engine's store on a disk.
    @FunctionalInterface
    public interface Opener {
        Engine open(Disk disk) throws IOException;
    }

    public DiskExaminee(Opener opener) {
        this.opener = opener;
    }

    @Override
    public Engine open() throws IOException {
        Engine opened = opener.open(disk);
        engine = opened;
        return opened;
    }

    @Override
    public void crash(Crash crash) {
        FaultyDisk found = disk.recovered(crash);
        close();
        disk = found;
    }

    @Override
    public Optional<FaultyDisk> disk() {
        return Optional.of(disk);
    }

    @Override
    public void close() {
        disk.crash();
        try {
            if (engine != null) {
                engine.close();
            }
        } catch (Unavailable | UncheckedIOException _) {
            // as announced: it has no disk any more
        }
        engine = null;
    }
}
