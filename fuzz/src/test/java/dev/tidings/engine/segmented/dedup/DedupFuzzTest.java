package dev.tidings.engine.segmented.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A file of deduplication with any bytes in it, as it is and under checksums that hold.
class DedupFuzzTest {
    private static final String PATH = DedupFiles.DIRECTORY + "/3";

    @FuzzTest
    void isTakenUpOrSaysWhereItIsCorrupt(byte[] bytes) throws IOException {
        takeUp(bytes);
        DedupSeal.seal(bytes);
        takeUp(bytes);
    }

    private static void takeUp(byte[] bytes) throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        disk.createDirectory(DedupFiles.DIRECTORY);
        try (DiskFile file = disk.open(PATH)) {
            file.write(ByteBuffer.wrap(bytes), 0);
        }
        Seen seen = new Seen(1_000, new DedupFiles(disk));
        try {
            seen.restore(new Seen.Saved(3, 1_000, 60_000, 100_000, bytes.length));
            assertThat(seen.any(0, (location, _) -> location < 0)).isIn(true, false);
            assertThat(seen.save()).hasSize(1);
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).isEqualTo(PATH);
            assertThat(corrupt.offset()).isBetween(0L, (long) bytes.length);
        }
    }
}
