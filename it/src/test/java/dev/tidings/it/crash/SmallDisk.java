package dev.tidings.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidings.it.Directories;
import dev.tidings.it.Ran;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system of a few megabytes that can be filled to the last byte.
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final Path directory = Directories.temporary();

    private SmallDisk() {}

    /// Skips the test where none can be mounted.
    static SmallDisk ofMebibytes(int size) {
        SmallDisk disk = new SmallDisk();
        boolean mounted = Files.isExecutable(Path.of("/usr/bin/mount"))
                && Ran.of(List.of("/usr/bin/mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", disk.path()))
                                .exitCode()
                        == 0;
        if (!mounted) {
            Directories.delete(disk.directory);
        }
        assumeTrue(mounted, "skipped: needs the right to mount a tmpfs, to fill it");
        return disk;
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /// Fills it, but for so many bytes.
    void fillAllBut(long bytes) throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            byte[] zeroes = new byte[CHUNK];
            while (Files.getFileStore(directory).getUsableSpace() > bytes) {
                filler.write(zeroes);
            }
        }
    }

    /// Removes what filled it.
    void empty() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private String path() {
        return directory.toString();
    }

    @Override
    public void close() {
        Ran unmounted = Ran.of(List.of("/usr/bin/umount", path()));
        assertThat(unmounted.exitCode()).as(unmounted.output()).isZero();
        Directories.delete(directory);
    }
}
