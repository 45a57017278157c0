package dev.tidings.engine.segmented.segments;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;

class IndexFuzzTest {
    private static final String PATH = "index";

    @FuzzTest
    void isReadOrSaysWhereItIsCorrupt(byte[] bytes) throws IOException {
        read(bytes);
        if (bytes.length >= 24) {
            IndexSeal.seal(bytes);
            read(bytes);
        }
    }

    private static void read(byte[] bytes) throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        try (DiskFile file = disk.open(PATH + ".ix")) {
            file.write(ByteBuffer.wrap(bytes), 0);
        }
        try (OpenFiles files = new OpenFiles(disk, 8)) {
            Segment segment = IndexFile.segment(files, PATH);
            SegmentIndex index = IndexFile.index(files, segment);
            assertThat(index.runs()).isEqualTo(Packed.intAt(bytes, 16));
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).isEqualTo(PATH + ".ix");
        }
    }
}
