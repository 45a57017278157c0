package dev.tidings.engine.segmented.recovery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.segmented.checkpoint.SnapshotItems.Standing;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.format.Items;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentIndex;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.segments.Summary;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.engine.segmented.state.Tables;
import dev.tidings.engine.segmented.state.TailMemory;
import dev.tidings.engine.segmented.wal.Geometry;
import dev.tidings.engine.segmented.wal.Ring;
import dev.tidings.engine.segmented.wal.RingFiles;
import dev.tidings.engine.segmented.wal.RingPosition;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Items that make no sense although the checksum over them holds.
class NonsenseItemsTest {
    private static final Geometry RING = new Geometry(2, 64 << 10);
    private static final StreamName STREAM = new StreamName("Acme.Shop");

    @Test
    void areRefusedWhereStreamsHaveGapsBetweenTheirNumbers() {
        refusesARecord(items -> Items.stream(items, 2, STREAM));
    }

    @Test
    void areRefusedWhereAStreamBeginsBehindItsEnd() {
        refusesARecord(items -> {
            Items.stream(items, 0, STREAM);
            Items.first(items, 0, 5);
        });
    }

    @Test
    void areRefusedWhereAnEntryReachesBehindItsItem() {
        refusesARecord(items -> {
            Items.stream(items, 0, STREAM);
            int start = Items.begin(items, 0);
            items.putLong(0);
            Items.end(items, start);
        });
    }

    @Test
    void areRefusedWhereASizeIsNone() {
        refusesARecord(items -> {
            int start = Items.begin(items, -4);
            items.putVar(-1L);
            Items.end(items, start);
        });
    }

    @Test
    void areRefusedWhereWhatIsRememberedIsLongerThanItsFile() throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        StoreFormat.openOrCreate(disk, RING, () -> 7);
        Seen seen = new Seen(1_000, new DedupFiles(disk));
        disk.open("dedup/3").close();

        for (long length : new long[] {1L << 50, -1}) {
            assertThatThrownBy(() -> seen.restore(new Seen.Saved(3, 0, 0, 0, length)))
                    .isInstanceOf(Corrupt.class)
                    .hasMessageStartingWith("dedup/3 is corrupt at byte 0: ");
        }
    }

    @Test
    void areRefusedWhereSegmentsDoNotFollowEachOther() {
        Segment empty = new Segment("s", 4, 9, 2_000, Summary.EMPTY, SegmentIndex.EMPTY);

        for (Standing standing : List.of(
                new Standing(0, -1, 0, List.of(), List.of()),
                new Standing(0, 0, 10, List.of(), List.of()),
                new Standing(0, 0, 10, List.of(5L, 3L), List.of()),
                new Standing(0, 0, 10, List.of(10L), List.of()),
                new Standing(0, 0, 9, List.of(0L), List.of(empty)),
                new Standing(0, 0, 9, List.of(0L), List.of(ofManyTypes(empty))))) {
            assertThatThrownBy(() -> standing.requireSense(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("do not follow each other");
        }
    }

    private static Segment ofManyTypes(Segment segment) {
        SegmentIndex.Growth index = new SegmentIndex.Growth(SegmentIndex.EMPTY);
        index.add(new SegmentIndex.Run(segment.first(), 1024, 0, 1), 1);
        Summary summary = new Summary(0, 1, Map.of(77, new Summary.OfType(1, 1, 1)));
        return new Segment("s", segment.first(), segment.next(), segment.bytes(), summary, index.index());
    }

    private static void refusesARecord(Consumer<Writer> items) {
        assertThatThrownBy(() -> recover(items))
                .isInstanceOf(Corrupt.class)
                .hasMessageStartingWith("wal/wal-0 is corrupt at byte 0: the record makes no sense");
    }

    private static void recover(Consumer<Writer> items) throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        StoreFormat format = StoreFormat.openOrCreate(disk, RING, () -> 7);
        Memory memory = new Memory(
                new Streams(),
                new Cursors(),
                new Tables(),
                new TailMemory(1 << 20),
                new Seen(1_000, new DedupFiles(disk)));
        try (RingFiles files = new RingFiles(disk, RING);
                OpenFiles segments = new OpenFiles(disk, 8)) {
            files.open();
            Writer record = Ring.record(1_000);
            items.accept(record);
            new Ring(files, RING, new Ring.Span(RingPosition.START, RingPosition.START), 1).append(record, 0);
            SegmentStore store = new SegmentStore(disk, segments, new SegmentStore.Roll(1 << 20, 1_000));
            new Recovery(disk, format, files, store).recover(memory);
        }
    }
}
