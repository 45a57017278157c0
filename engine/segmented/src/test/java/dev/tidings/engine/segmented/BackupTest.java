package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Batch;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.segmented.backup.Backups;
import dev.tidings.engine.segmented.backup.Restore;
import dev.tidings.engine.segmented.verify.Findings;
import dev.tidings.engine.segmented.verify.Verification;
import dev.tidings.model.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path directory;

    private Path data;
    private Backups backups;
    private RealDisk disk;
    private SegmentedEngine engine;

    @BeforeEach
    void open() throws IOException {
        data = directory.resolve("data");
        backups = new Backups(data, directory.resolve("backups"));
        disk = RealDisk.open(data);
        engine = open(disk);
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        disk.close();
    }

    @Test
    void holdsAllThatWasAcknowledgedBeforeAndNothingOfWhatCameAfter() throws IOException {
        append(0, 100);
        put("before");
        Backups.Made made = make(backups, NOON);
        append(100, 150);
        put("after");

        Restore.Restored restored = Restore.restore(backup(made), directory.resolve("restored"));

        assertThat(restored.findings().damage()).isEmpty();
        assertThat(restored.findings().content().events()).isEqualTo(100);
        reopenOn("restored");
        assertThat(count()).isEqualTo(100);
        assertThat(engine.states().rows("rows")).containsOnlyKeys("before");
        assertThat(append(99, 100)).as("duplicates").isEqualTo(1);
        assertThat(append(100, 150)).as("duplicates").isZero();
    }

    @Test
    void isASoundStoreItselfAndStaysSoWhileTheStoreGoesOn() throws IOException {
        append(0, 100);
        Backups.Made made = make(backups, NOON);
        for (int i = 1; i < 6; i++) {
            append(i * 100, i * 100 + 100);
            engine.checkpoint();
        }

        try (RealDisk read = RealDisk.reading(backup(made))) {
            Findings findings = Verification.of(read);
            assertThat(findings.damage()).isEmpty();
            assertThat(findings.content().events()).isEqualTo(100);
        }
    }

    @Test
    void sharesWhatHasNotChanged() throws IOException {
        append(0, 300);
        Backups.Made first = make(backups, NOON);
        append(300, 310);
        Backups.Made second = make(backups, NOON.plusSeconds(1));

        List<Path> shared = new ArrayList<>();
        for (Path file : segments(backup(first))) {
            Path other = backup(second).resolve(backup(first).relativize(file));
            if (Files.isSameFile(file, other)) {
                shared.add(file);
            }
        }

        assertThat(shared).hasSizeGreaterThan(5);
        assertThat(backups.list()).extracting(Backups.Listed::name).containsExactly(first.name(), second.name());
    }

    @Test
    void outlivesTheDeletionOfTheOthers() throws IOException {
        append(0, 300);
        Backups.Made first = make(backups, NOON);
        Backups.Made second = make(backups, NOON.plusSeconds(1));
        try (Stream<Path> tree = Files.walk(backup(first))) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }

        Restore.Restored restored = Restore.restore(backup(second), directory.resolve("restored"));

        assertThat(restored.findings().content().events()).isEqualTo(300);
    }

    @Test
    void ofAStoreThatWentOnFromABackupSharesNothingThatDiffers() throws IOException {
        append(0, 100);
        Backups.Made early = make(backups, NOON);
        append(100, 300);
        make(backups, NOON.plusSeconds(1));
        Restore.restore(backup(early), directory.resolve("restored"));
        reopenOn("restored");
        append(500, 700);

        Backups.Made made =
                make(new Backups(directory.resolve("restored"), directory.resolve("backups")), NOON.plusSeconds(2));

        Restore.Restored again = Restore.restore(backup(made), directory.resolve("again"));
        assertThat(again.findings().damage()).isEmpty();
        reopenOn("again");
        assertThat(append(500, 700)).as("duplicates").isEqualTo(200);
        assertThat(append(100, 300)).as("duplicates").isZero();
    }

    /// A snapshot may know of a part of a batch that came while it was written.
    @Test
    void holdsBatchesWholeWhileTheyKeepComing() throws IOException {
        int others = makeSnapshotsLong();
        AtomicBoolean stop = new AtomicBoolean();
        List<Backups.Made> made = new ArrayList<>();
        try (ExecutorService load = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int appender = 0; appender < 8; appender++) {
                String name = "z" + appender + "-";
                load.execute(() -> {
                    for (int i = 0; !stop.get(); i++) {
                        appendWithRow(name + i);
                    }
                });
            }
            for (int i = 0; i < 10; i++) {
                made.add(make(backups, NOON.plusSeconds(i)));
            }
            stop.set(true);
        }

        for (Backups.Made backup : made) {
            String to = "restored-" + backup.name();
            assertThat(Restore.restore(backup(backup), directory.resolve(to))
                            .findings()
                            .damage())
                    .isEmpty();
            reopenOn(to);
            assertThat(engine.states().rows("rows")).hasSize(others + count());
        }
        assertThat(segments(data.resolve("image"))).isEmpty();
    }

    @Test
    void ofAnEmptyStoreIsAnEmptyStore() throws IOException {
        Backups.Made made = make(backups, NOON);

        Restore.restore(backup(made), directory.resolve("restored"));

        reopenOn("restored");
        append(0, 3);
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void isNotMadeOfADamagedStore() throws IOException {
        append(0, 300);
        engine.checkpoint();
        flip(segments(data).getFirst(), 1_500);

        assertThatThrownBy(() -> make(backups, NOON))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("00000000000000000000.seg at byte 1024");
        assertThat(backups.list()).isEmpty();
    }

    @Test
    void thatWasDamagedIsNotRestored() throws IOException {
        append(0, 300);
        Backups.Made made = make(backups, NOON);
        flip(segments(backup(made)).getLast(), 1_500);
        flip(backup(made).resolve("wal/wal-0"), 1_000_000);
        Path to = directory.resolve("restored");

        Restore.Restored restored = Restore.restore(backup(made), to);

        assertThat(restored.findings().damage())
                .extracting(Findings.Damage::file)
                .hasSize(2)
                .contains("wal/wal-0");
        assertThat(to).doesNotExist();
    }

    @Test
    void isNotRestoredOverSomethingElse() throws IOException {
        append(0, 3);
        Backups.Made made = make(backups, NOON);

        assertThatThrownBy(() -> Restore.restore(backup(made), data))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("is not empty");
    }

    private static SegmentedEngine open(RealDisk disk) throws IOException {
        return SegmentedEngine.open(disk, SmallStores.CONFIG, InstantSource.system(), EngineObserver.NONE);
    }

    private void reopenOn(String name) throws IOException {
        close();
        disk = RealDisk.open(directory.resolve(name));
        engine = open(disk);
    }

    private Backups.Made make(Backups where, Instant at) throws IOException {
        return where.make(engine, where.begin(at), "test", List::of);
    }

    private Path backup(Backups.Made made) {
        return directory.resolve("backups").resolve(made.name());
    }

    /// Returns how many were duplicates.
    private int append(int from, int to) {
        int duplicates = 0;
        for (int i = from; i < to; i++) {
            Batch batch = Batch.ofEntries(List.of(Store.entry(Store.PLACED.stream(), "e" + i, 500)));
            duplicates += Store.result(engine.log().append(batch)).duplicates();
        }
        return duplicates;
    }

    /// An event, and a row of its own, in one batch.
    private void appendWithRow(String name) {
        Batch event = Batch.ofEntries(List.of(Store.entry(Store.PLACED.stream(), name, 500)));
        Batch row = Batch.ofStates(List.of(new Batch.StateChange.Put("rows", name, Bytes.utf8("value"))));
        Store.result(engine.log().append(new Batch(event.entries(), List.of(), row.states())));
    }

    /// Many rows, which stand in a snapshot behind the streams and before the rows that come; returns how many.
    private int makeSnapshotsLong() {
        int rows = 0;
        for (int batch = 0; batch < 10; batch++) {
            List<Batch.StateChange> changes = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                changes.add(new Batch.StateChange.Put("rows", "a" + rows++, Bytes.utf8("value")));
            }
            Store.result(engine.log().append(Batch.ofStates(changes)));
        }
        return rows;
    }

    private void put(String key) {
        Store.result(engine.log()
                .append(Batch.ofStates(List.of(new Batch.StateChange.Put("rows", key, Bytes.utf8("value"))))));
    }

    private int count() {
        Partition partition = Partition.only(Store.PLACED.stream());
        int count = 0;
        try (EventReader reader = engine.log().reader(partition, TypeSelection.ALL)) {
            long end = engine.log().extent(partition).next();
            for (long at = 0; at < end; ) {
                var slice = Store.result(reader.read(at, 100_000));
                count += slice.events().size();
                at = slice.next();
            }
        }
        return count;
    }

    private static List<Path> segments(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> path.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1));
            channel.write(one.flip(), at);
        }
    }
}
