package dev.tidings.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidings.it.Directories;
import dev.tidings.it.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A disk under a server that kills it at a chosen change, and knows what was synced by then: `recording-disk.c`,
/// preloaded.
final class RecordingDisk implements AutoCloseable {
    private static final Path GCC = Path.of("/usr/bin/gcc");

    private final Path directory = Directories.temporary();
    private final Path data;
    private Path record = directory;
    private int lives;

    private RecordingDisk(Path data) {
        this.data = data;
    }

    /// Skips the test where there is no compiler.
    static RecordingDisk under(Path data) throws IOException {
        assumeTrue(
                Files.isExecutable(GCC) && System.getProperty("os.name").equals("Linux"),
                "skipped: needs gcc on Linux, to make a disk that knows what was synced");
        RecordingDisk disk = new RecordingDisk(data);
        Path source = disk.directory.resolve("recording-disk.c");
        try (InputStream resource = RecordingDisk.class.getResourceAsStream("recording-disk.c")) {
            Files.copy(resource, source);
        }
        List<String> compile = List.of(
                GCC.toString(),
                "-O1",
                "-shared",
                "-fPIC",
                "-o",
                disk.library(),
                source.toString(),
                "-ldl",
                "-lpthread");
        Ran compiled = Ran.of(compile);
        assertThat(compiled.exitCode()).as(compiled.output()).isZero();
        return disk;
    }

    /// The environment of the next server on it, which takes all that is there for durable.
    Map<String, String> next() throws IOException {
        record = Files.createDirectory(directory.resolve("life-" + lives++));
        return Map.of(
                "LD_PRELOAD", library(),
                "DISK_ROOT", data.toString(),
                "DISK_RECORD", record.toString());
    }

    /// Kills the server when it is about to make so many changes more.
    void killWithin(int changes) throws IOException {
        Path order = Files.writeString(record.resolve("order"), Integer.toString(changes));
        Files.move(order, record.resolve("kill"), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Cuts the power: of what the killed server had not synced, some is left. Returns what was lost.
    String cutPower(Random random) throws IOException {
        return new PowerCut(data, record, random).strike();
    }

    private String library() {
        return directory.resolve("recording-disk.so").toString();
    }

    @Override
    public void close() {
        Directories.delete(directory);
    }
}
