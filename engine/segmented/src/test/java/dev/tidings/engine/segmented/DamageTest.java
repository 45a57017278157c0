package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.testkit.disk.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DamageTest {
    private static final int RECORD = 4096;

    @Test
    void refusesARingWithABadRecordBeforeAGoodOne() throws IOException {
        try (Store store = withThreeRecords()) {
            store.disk.flipBit("wal/wal-0", RECORD + 100);

            refuses(store::open, "wal/wal-0", RECORD);
        }
    }

    @Test
    void refusesARingWithABadHeaderBeforeAGoodOne() throws IOException {
        try (Store store = withThreeRecords()) {
            store.disk.flipBit("wal/wal-0", 8);

            refuses(store::open, "wal/wal-0", 0);
        }
    }

    @Test
    void takesABadLastRecordForOneThatWasTorn() throws IOException {
        try (Store store = withThreeRecords()) {
            store.disk.flipBit("wal/wal-0", 2 * RECORD + 100);

            store.open();

            assertThat(store.read(Store.PLACED.stream())).hasSize(2);
            store.append("d", 10);
            store.crash();
            store.open();
            assertThat(store.read(Store.PLACED.stream())).hasSize(3);
        }
    }

    @Test
    void leavesAStoreThatItRefusesAsItWas() throws IOException {
        try (Store store = withThreeRecords()) {
            store.disk.flipBit("wal/wal-0", RECORD + 100);
            long changes = store.disk.changes();

            assertThatThrownBy(store::open).isInstanceOf(Corrupt.class);

            assertThat(store.disk.changes()).isEqualTo(changes);
            store.disk.flipBit("wal/wal-0", RECORD + 100);
            store.open();
            assertThat(store.read(Store.PLACED.stream())).hasSize(3);
        }
    }

    @Test
    void refusesASnapshotThatIsDamagedOrShort() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            String snapshot = FilledStores.snapshot(store);
            store.disk.flipBit(snapshot, 40);
            refuses(store::open, snapshot, 0);
        }
        try (Store store = FilledStores.withSegments()) {
            String snapshot = FilledStores.snapshot(store);
            cut(store, snapshot);
            refuses(store::open, snapshot, 0);
        }
    }

    @Test
    void refusesASegmentThatIsShort() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            String segment = store.disk.files().stream()
                    .filter(path -> path.endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
            long size = cut(store, segment);

            refuses(store::open, segment, size);
        }
    }

    @Test
    void refusesAnIndexThatIsDamagedOrShort() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            String index = index(store);
            store.disk.flipBit(index, 30);
            refuses(store::open, index, 0);
        }
        try (Store store = FilledStores.withSegments()) {
            String index = index(store);
            cut(store, index);
            refuses(
                    () -> {
                        store.open();
                        store.read(Store.PLACED.stream());
                    },
                    index,
                    -1);
        }
    }

    @Test
    void refusesADamagedFileOfDeduplication() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            store.disk.flipBit("dedup/0", 50);

            refuses(store::open, "dedup/0", 0);
        }
    }

    @Test
    void saysWhereABlockDoesNotHoldAndReadsTheOthers() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            String segment = store.disk.files().stream()
                    .filter(path -> path.endsWith("0000.seg"))
                    .findFirst()
                    .orElseThrow();
            store.disk.flipBit(segment, 1024 + 500);
            store.open();

            refuses(() -> store.read(Store.PLACED.stream()), segment, 1024);

            assertThat(store.failures).hasSize(1);
            assertThat(store.engine.status().writable()).isTrue();
        }
    }

    @Test
    void fallsBackToTheOlderCheckpointAndItsRecords() throws IOException {
        try (Store store = new Store(SmallStores.TINY)) {
            store.append("a", 10);
            store.engine.checkpoint();
            store.append("b", 10);
            store.engine.checkpoint();
            store.crash();
            store.disk.flipBit("checkpoint-a", 20);

            store.open();

            assertThat(store.read(Store.PLACED.stream())).hasSize(2);
            assertThat(store.append("a", 10).duplicates()).isEqualTo(1);
        }
    }

    @Test
    void refusesAStoreThatLacksAFileOfTheRingOrASlot() throws IOException {
        for (String path : List.of("wal/wal-0", "wal/wal-1", "checkpoint-b")) {
            try (Store store = withThreeRecords()) {
                store.disk.delete(path);

                refuses(store::open, path, 0);
            }
        }
    }

    @Test
    void refusesAStoreThatLacksTheLastFileOfTheRingWithRecordsInIt() throws IOException {
        try (Store store = new Store(SegmentedConfigs.carrying(SmallStores.CONFIG, 4_096))) {
            int recordsOfThreeFiles = 3 * 256;
            for (int i = 0; i < recordsOfThreeFiles + 20; i++) {
                store.append("e" + i, 5_000);
            }
            store.crash();
            store.disk.delete("wal/wal-3");

            refuses(store::open, "wal/wal-3", 0);
        }
    }

    @Test
    void refusesAFileOfTheRingThatIsOlderThanTheCheckpoint() throws IOException {
        try (Store store = new Store(SmallStores.CONFIG)) {
            store.append("a", 10);
            byte[] older = WornStore.bytes(store.disk, "wal/wal-0");
            store.append("b", 10);
            store.engine.checkpoint();
            store.append("c", 10);
            store.crash();
            Harm.replace(store.disk, "wal/wal-0", older);

            refuses(store::open, "wal/wal-0", 0);
        }
    }

    @Test
    void refusesAnOlderSnapshotOfTheSameLength() throws IOException {
        try (Store store = new Store(SmallStores.CONFIG)) {
            store.append("a", 10);
            Store.join(store.engine);
            store.moveTo(0);
            store.engine.checkpoint();
            byte[] older = WornStore.bytes(store.disk, "state/snapshot-1");
            store.moveTo(1);
            store.engine.checkpoint();
            store.engine.close();
            Harm.replace(store.disk, "state/snapshot-2", older);

            refuses(store::open, "state/snapshot-2", 0);
        }
    }

    @Test
    void takesTheHashOfADuplicateForTheEventThatCannotBeRead() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            store.disk.flipBit("streams/0-Acme.Shop/00000000000000000000.seg", 1024 + 500);
            store.open();

            assertThat(store.append("e0", 1_000).duplicates()).isEqualTo(1);

            assertThat(store.failures).hasSize(1);
            assertThat(store.append("another", 10).duplicates()).isZero();
        }
    }

    @Test
    void refusesAStoreWhoseFormatIsGone() throws IOException {
        try (Store store = withThreeRecords()) {
            store.disk.delete("format");

            refuses(store::open, "format", 0);
        }
    }

    @Test
    void refusesAStoreOfANewerFormatInOneLine() throws IOException {
        try (Store store = withThreeRecords()) {
            byte[] head = new byte[12];
            try (DiskFile format = store.disk.open("format")) {
                format.read(ByteBuffer.wrap(head), 0);
                Packed.putInt(head, 4, 257);
                Packed.putInt(head, 8, Packed.crc(head, 0, 8));
                format.write(ByteBuffer.wrap(head), 0);
            }

            assertThatThrownBy(store::open)
                    .isInstanceOf(CannotOpen.class)
                    .hasMessageContaining("format 257")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void movesWhatItDoesNotKnowToQuarantine() throws IOException {
        try (Store store = FilledStores.withSegments()) {
            store.open();
            store.append("pending", 10);
            String directory = "streams/0-Acme.Shop/";
            try (DiskFile file = store.disk.open(directory + "letters.txt")) {
                file.sync();
            }
            store.disk.syncDirectory("streams/0-Acme.Shop");
            store.crash();

            store.open();

            assertThat(store.disk.files())
                    .doesNotContain(directory + "letters.txt")
                    .contains("quarantine/streams~0-Acme.Shop~letters.txt");
        }
    }

    @Test
    void tellsOnceThatItFailed() throws IOException {
        try (Store store = new Store(SmallStores.TINY)) {
            store.disk.breakAll(Operation.SYNC);

            for (int i = 0; i < 3; i++) {
                String id = "e" + i;
                assertThatThrownBy(() -> store.append(id, 10)).hasMessageContaining("ring");
            }

            assertThat(store.failures).hasSize(1);
            assertThat(store.engine.status().refusal()).contains("ring");
        }
    }

    private static Store withThreeRecords() throws IOException {
        Store store = new Store(SmallStores.CONFIG);
        store.append("a", 10);
        store.append("b", 10);
        store.append("c", 10);
        store.crash();
        return store;
    }

    private static String index(Store store) {
        return store.disk.files().stream()
                .filter(path -> path.endsWith(".ix"))
                .findFirst()
                .orElseThrow();
    }

    /// Takes the last byte away; returns the size that is left.
    private static long cut(Store store, String path) throws IOException {
        try (DiskFile file = store.disk.open(path)) {
            file.truncate(file.size() - 1);
            file.sync();
            return file.size();
        }
    }

    private static void refuses(ThrowingCallable what, String file, long offset) {
        assertThatThrownBy(what).isInstanceOfSatisfying(Corrupt.class, corrupt -> {
            assertThat(corrupt.file()).isEqualTo(file);
            if (offset >= 0) {
                assertThat(corrupt.offset()).isEqualTo(offset);
            }
        });
    }
}
