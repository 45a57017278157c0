package dev.tidings.engine.segmented.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.checkpoint.Snapshots;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.engine.segmented.state.Tables;
import dev.tidings.engine.segmented.state.TailMemory;
import dev.tidings.engine.segmented.wal.Geometry;
import dev.tidings.engine.segmented.wal.Ring;
import dev.tidings.engine.segmented.wal.RingFiles;
import dev.tidings.engine.segmented.wal.RingPosition;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A checksum is no proof of who wrote what it covers: behind one that holds, recovery meets any bytes, and rebuilds
/// memory or says where they make no sense.
class RecoveryFuzzTest {
    private static final Geometry RING = new Geometry(2, 64 << 10);
    private static final long SEED = 7;
    private static final FaultyDisk NEW = newStore();

    @FuzzTest
    void replaysARecordOrSaysWhereItIsCorrupt(byte[] items) throws IOException {
        FaultyDisk disk = NEW.recovered(Crash.LOSING_ALL_UNSYNCED);
        try (RingFiles files = new RingFiles(disk, RING)) {
            files.open();
            Ring ring = new Ring(files, RING, new Ring.Span(RingPosition.START, RingPosition.START), 1);
            Writer record = Ring.record(items.length);
            if (ring.fits(items.length)) {
                System.arraycopy(items, 0, record.array(), record.skip(items.length), items.length);
                ring.append(record, 1_000);
            }
        }

        recover(disk);
    }

    @FuzzTest
    void restoresASnapshotOrSaysWhereItIsCorrupt(byte[] items) throws IOException {
        FaultyDisk disk = NEW.recovered(Crash.LOSING_ALL_UNSYNCED);
        Snapshots.write(disk, items);

        recover(disk);
    }

    @FuzzTest
    void readsAFormatOrSaysWhatIsWrongWithIt(byte[] bytes) throws IOException {
        FaultyDisk disk = NEW.recovered(Crash.LOSING_ALL_UNSYNCED);
        byte[] format = Arrays.copyOf(bytes, 64);
        Packed.putInt(format, 0, 0x71d19657);
        Packed.putInt(format, 8, Packed.crc(format, 0, 8));
        Packed.putInt(format, 12, Packed.crc(format, 16, 64));
        try (DiskFile file = disk.open("format")) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(format), 0);
        }

        try {
            assertThat(StoreFormat.openOrCreate(disk, RING, () -> SEED)).isNotNull();
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).isEqualTo("format");
        } catch (CannotOpen tooNew) {
            assertThat(tooNew).hasMessageContaining("use a newer program");
        }
    }

    private static void recover(FaultyDisk disk) throws IOException {
        OpenFiles files = new OpenFiles(disk, 8);
        SegmentStore store = new SegmentStore(disk, files, new SegmentStore.Roll(1 << 20, 1_000));
        Memory memory = new Memory(
                new Streams(),
                new Cursors(),
                new Tables(),
                new TailMemory(1 << 20),
                new Seen(1_000, new DedupFiles(disk)));
        try (RingFiles ringFiles = new RingFiles(disk, RING)) {
            ringFiles.open();
            new Recovery(disk, new StoreFormat(RING, SEED), ringFiles, store).recover(memory);
            memory.streams().all().forEach(RecoveryFuzzTest::readTail);
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).isNotEmpty();
            assertThat(corrupt.offset()).isNotNegative();
        } finally {
            files.close();
        }
    }

    private static void readTail(StreamLog stream) {
        for (long at = stream.tail().start(); at < stream.end(); at++) {
            StoredEvent event = stream.tail().get(at);
            assertThat(event).isNotNull();
            assertThat(event.json().toUtf8()).isNotNull();
            assertThat(event.type()).isNotNull();
        }
    }

    private static FaultyDisk newStore() {
        FaultyDisk disk = new FaultyDisk(1);
        try {
            StoreFormat.openOrCreate(disk, RING, () -> SEED);
            StoreFormat.syncNames(disk);
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
