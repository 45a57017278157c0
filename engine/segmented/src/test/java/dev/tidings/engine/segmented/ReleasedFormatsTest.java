package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.Partition;
import dev.tidings.engine.segmented.recovery.StoreFormat;
import dev.tidings.engine.segmented.verify.Verification;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.Bytes;
import dev.tidings.model.GroupName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A store of each format that was ever released is kept, and opened. A store of a new format is added by
/// `./mvnw -pl engine/segmented -am test -Dtest=ReleasedFormatsTest -Dtidings.formats=write
/// -Dsurefire.failIfNoSpecifiedTests=false`; those that are there are never written again.
class ReleasedFormatsTest {
    private static final Path KEPT = Path.of("src/test/resources/formats");
    private static final int EVENTS = 60;
    private static final GroupName GONE = new GroupName(Store.READERS.client(), "gone");

    @TempDir
    private Path directory;

    static IntStream formats() {
        return IntStream.rangeClosed(1, StoreFormat.VERSION);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void open(int format) throws IOException {
        Path archive = KEPT.resolve(format + ".zip");
        if (format == StoreFormat.VERSION
                && !Files.exists(archive)
                && "write".equals(System.getProperty("tidings.formats"))) {
            write(archive);
        }
        unpack(archive);
        try (RealDisk disk = RealDisk.reading(directory)) {
            assertThat(Verification.of(disk).damage()).isEmpty();
        }
        assertThat(versionInStore()).isEqualTo(format);

        try (RealDisk disk = RealDisk.open(directory);
                SegmentedEngine engine = open(disk)) {
            assertThat(versionInStore()).isEqualTo(StoreFormat.VERSION);
            assertThat(engine.log()
                            .extent(Partition.only(Store.PLACED.stream()))
                            .next())
                    .isEqualTo(EVENTS);
            assertThat(engine.groups().cursors(Store.READERS).values())
                    .extracting(cursor -> cursor.floor())
                    .containsExactly(17L);
            assertThat(engine.groups().cursors(GONE)).isEmpty();
            assertThat(engine.states().get("rows", "key").orElseThrow().toUtf8())
                    .isEqualTo("value");
            assertThat(append(engine, "e0").duplicates()).isEqualTo(1);
            assertThat(append(engine, "e" + (EVENTS - 1)).duplicates()).isEqualTo(1);
            assertThat(append(engine, "new").duplicates()).isZero();
        }
    }

    /// What an older program looks at before all else.
    private int versionInStore() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(directory.resolve(StoreFormat.PATH)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(4);
    }

    private static SegmentedEngine open(RealDisk disk) throws IOException {
        return SegmentedEngine.open(disk, SmallStores.TINY, new HandClock(), EngineObserver.NONE);
    }

    private static Appended append(SegmentedEngine engine, String id) {
        return Store.result(engine.log().append(Batch.ofEntries(List.of(Store.entry(Store.PLACED.stream(), id, 500)))));
    }

    /// Sealed segments and one that grows, a snapshot, and records behind it: the store is not closed.
    private static void write(Path archive) throws IOException {
        Path made = Files.createTempDirectory("tidings-format");
        RealDisk disk = RealDisk.open(made);
        SegmentedEngine engine = open(disk);
        Store.join(engine);
        for (int i = 0; i < EVENTS; i++) {
            append(engine, "e" + i);
            if (i == EVENTS / 2) {
                engine.checkpoint();
            }
        }
        Store.result(engine.log()
                .append(Batch.ofStates(List.of(new Batch.StateChange.Put("rows", "key", Bytes.utf8("value"))))));
        Partition partition = Partition.only(Store.PLACED.stream());
        Store.result(engine.log()
                .append(Batch.ofCursors(List.of(new Batch.CursorMove(Store.READERS, partition, Cursor.at(17))))));
        try (var _ = Store.join(engine, GONE)) {
            Store.result(
                    engine.log().append(Batch.ofCursors(List.of(new Batch.CursorMove(GONE, partition, Cursor.at(5))))));
        }
        Store.result(engine.log().append(Batch.ofForgotten(GONE, List.of())));
        Files.createDirectories(archive.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
                Stream<Path> files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(made.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
        engine.close();
        disk.close();
    }

    private void unpack(Path archive) throws IOException {
        for (String name : StoreFormat.DIRECTORIES) {
            Files.createDirectories(directory.resolve(name));
        }
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = directory.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                Files.write(path, zip.readAllBytes());
            }
        }
    }
}
