package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Batch;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
    @TempDir
    Path directory;

    @Test
    void keepsAStore() throws IOException {
        Partition partition = Partition.only(Store.PLACED.stream());
        for (int round = 0; round < 3; round++) {
            try (RealDisk disk = RealDisk.open(directory);
                    SegmentedEngine engine =
                            SegmentedEngine.open(disk, SmallStores.TINY, InstantSource.system(), EngineObserver.NONE)) {
                assertThat(engine.log().extent(partition)).isEqualTo(new Extent(0, round));
                Batch.Entry entry = Store.entry(partition.stream(), "e" + round, 9_000);
                Store.result(engine.log().append(Batch.ofEntries(List.of(entry))));
                assertThat(engine.status().used().bytes()).isPositive();
            }
        }
    }

    @Test
    void isRefusedToASecondUserInOneLine() throws IOException {
        try (RealDisk _ = RealDisk.open(directory)) {
            assertThatThrownBy(() -> RealDisk.open(directory))
                    .isInstanceOf(CannotOpen.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining(directory.toString())
                    .hasMessageNotContaining("\n");
        }
        RealDisk.open(directory).close();
    }

    @Test
    void saysInOneLineThatADirectoryCannotBeUsed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> RealDisk.open(file.resolve("data")))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("cannot be used")
                .hasMessageNotContaining("\n");
    }

    @Test
    void readsShortAtTheEndOfAFile() throws IOException {
        try (RealDisk disk = RealDisk.open(directory);
                DiskFile file = disk.open("f")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 2);
            file.sync();

            assertThat(file.read(ByteBuffer.allocate(10), 3)).isEqualTo(2);
            assertThat(file.read(ByteBuffer.allocate(10), 9)).isZero();
            assertThat(file.size()).isEqualTo(5);
        }
    }

    @Test
    void listsMovesAndDeletes() throws IOException {
        try (RealDisk disk = RealDisk.open(directory)) {
            disk.createDirectory("a/b");
            disk.open("a/b/y").close();
            disk.open("a/b/x").close();
            disk.move("a/b/y", "a/b/z");
            disk.syncDirectory("a/b");
            assertThat(disk.list("a/b")).containsExactly("x", "z");

            disk.delete("a/b/x");

            assertThat(disk.exists("a/b/x")).isFalse();
            assertThat(disk.list("nowhere")).isEmpty();
            assertThat(disk.usableSpace()).isPositive();
        }
    }
}
