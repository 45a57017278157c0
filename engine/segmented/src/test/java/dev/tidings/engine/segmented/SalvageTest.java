package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.Batch;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.salvage.Salvage;
import dev.tidings.engine.segmented.salvage.Salvaged;
import dev.tidings.engine.segmented.salvage.Salvaged.Gap;
import dev.tidings.engine.segmented.segments.Block;
import dev.tidings.engine.segmented.verify.Verification;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SalvageTest {
    private static final String SEGMENT = "streams/0-Acme.Shop/00000000000000000000.seg";
    private static final int FIRST_BLOCK = 1024;

    private final FaultyDisk fresh = new FaultyDisk(2);

    @Test
    void takesAllOfASoundStoreOver() throws IOException {
        try (Store store = filled()) {
            Map<Long, String> before = events(store);

            Salvaged salvaged = salvage(store);

            assertThat(salvaged.lost()).isZero();
            assertThat(salvaged.notes()).isEmpty();
            assertThat(Verification.of(fresh).damage()).isEmpty();
            store.disk = fresh;
            assertThat(events(store)).isEqualTo(before);
            store.open();
            assertThat(floor(store)).isEqualTo(17);
            assertThat(store.engine.states().rows("rows")).containsOnlyKeys("key");
            assertThat(store.append("e59", 1_000).duplicates()).isEqualTo(1);
            assertThat(store.append("new", 10).duplicates()).isZero();
        }
    }

    @Test
    void takesTheEventsOfADamagedBlockFromTheRingWhereItStillHasThem() throws IOException {
        try (Store store = filled()) {
            store.disk.flipBit(SEGMENT, FIRST_BLOCK + 500);

            Salvaged salvaged = salvage(store);

            assertThat(salvaged.lost()).isZero();
            assertThat(salvaged.notes()).hasSize(1).first().asString().startsWith(SEGMENT + " at byte " + FIRST_BLOCK);
        }
    }

    @Test
    void keepsTheOtherEventsAtTheirPositionsWhereSomeAreLost() throws IOException {
        try (Store store = filled()) {
            Map<Long, String> before = events(store);
            wipeRing(store);
            store.disk.flipBit(SEGMENT, FIRST_BLOCK + 500);

            Salvaged salvaged = salvage(store);

            List<Gap> gaps = salvaged.streams().getFirst().gaps();
            assertThat(gaps).hasSize(1);
            assertThat(gaps.getFirst().first()).isZero();
            store.disk = fresh;
            before.keySet().removeIf(position -> position < gaps.getFirst().next());
            assertThat(events(store)).isEqualTo(before);
            store.open();
            assertThat(floor(store)).isEqualTo(17);
            store.append("new", 10);
            store.crash();
            assertThat(events(store)).containsEntry(60L, "new");
        }
    }

    @Test
    void doesWithoutTheSnapshotSlotsAndFormat() throws IOException {
        try (Store store = filled()) {
            Map<Long, String> before = events(store);
            store.disk.delete("format");
            store.disk.delete("checkpoint-a");
            store.disk.flipBit("checkpoint-b", 20);
            store.disk.flipBit(FilledStores.snapshot(store), 40);

            Salvaged salvaged = salvage(store);

            assertThat(salvaged.lost()).isZero();
            store.disk = fresh;
            assertThat(events(store)).isEqualTo(before);
        }
    }

    @Test
    void savesWhatAStoreHasThatIsRefusedForADamagedRecord() throws IOException {
        try (Store store = new Store(SmallStores.CONFIG)) {
            store.append("a", 10);
            store.append("b", 10);
            store.append("c", 10);
            store.crash();
            store.disk.flipBit("wal/wal-0", 4096 + 100);

            Salvaged salvaged = salvage(store);

            assertThat(salvaged.streams().getFirst().gaps()).containsExactly(new Gap(1, 2));
            store.disk = fresh;
            assertThat(events(store)).isEqualTo(Map.of(0L, "a", 2L, "c"));
        }
    }

    /// An older value of a row stands in a record that holds, the newer one in a record that does not, and in the
    /// snapshot.
    @Test
    void takesNothingForNewerThanTheSnapshotThatIsOlder() throws IOException {
        try (Store store = new Store(SmallStores.CONFIG)) {
            put(store, "older");
            put(store, "newer");
            store.engine.checkpoint();
            store.crash();
            store.disk.flipBit("wal/wal-0", 4096 + 70);

            salvage(store);

            store.disk = fresh;
            store.open();
            assertThat(store.engine.states().get("rows", "key").orElseThrow().toUtf8())
                    .isEqualTo("newer");
        }
    }

    @Test
    void neverGivesPositionsThatAGroupHasSettledToNewEvents() throws IOException {
        try (Store store = filled()) {
            store.open();
            Store.join(store.engine);
            store.moveTo(60);
            store.engine.close();
            wipeRing(store);
            for (String file : List.copyOf(store.disk.files())) {
                if (file.startsWith("streams/")) {
                    store.disk.delete(file);
                }
            }

            salvage(store);

            store.disk = fresh;
            store.open();
            store.append("new", 10);
            store.crash();
            // What the last checkpoint carried in its snapshot is still there, where it was.
            assertThat(events(store))
                    .containsEntry(60L, "new")
                    .allSatisfy((position, id) -> assertThat(id).isEqualTo(position == 60 ? "new" : "e" + position));
        }
    }

    /// The newest event is lost, and only what a group has confirmed tells that there was one.
    @Test
    void neverGivesTheirPositionsAwayWhereNothingElseTellsOfThem() throws IOException {
        try (Store store = new Store(SmallStores.CONFIG)) {
            Store.join(store.engine);
            store.append("a", 10);
            store.append("b", 10);
            store.moveTo(2);
            store.crash();
            store.disk.flipBit("wal/wal-0", 4096 + 100);

            salvage(store);

            store.disk = fresh;
            store.open();
            store.append("new", 10);
            store.crash();
            assertThat(events(store)).isEqualTo(Map.of(0L, "a", 2L, "new"));
        }
    }

    @Test
    void inventsNothingAndChangesNothingWhateverIsDamaged() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            try (Store store = filled()) {
                Map<Long, String> before = events(store);
                Random random = new Random(seed);
                List<String> files = store.disk.files();
                for (int i = 0; i < 4; i++) {
                    damage(store, files.get(random.nextInt(files.size())), random);
                }
                long changes = store.disk.changes();
                FaultyDisk target = new FaultyDisk(seed);

                Salvaged salvaged = Salvage.salvage(store.disk, target, SmallStores.CONFIG, SalvageTest::type);

                assertThat(store.disk.changes()).as("seed %d", seed).isEqualTo(changes);
                assertThat(Verification.of(target).damage()).as("seed %d", seed).isEmpty();
                store.disk = target;
                Map<Long, String> after = events(store);
                assertThat(before.entrySet()).as("seed %d", seed).containsAll(after.entrySet());
                assertThat(salvaged.kept()).as("seed %d", seed).isEqualTo(after.size());
            }
        }
    }

    @Test
    void keepsEventsOfATypeWhoseNameNothingTellsAnyMore() throws IOException {
        try (Store store = filled()) {
            Map<Long, String> before = events(store);
            wipeRing(store);
            for (String file : List.copyOf(store.disk.files())) {
                if (file.startsWith("state/")) {
                    store.disk.delete(file);
                }
            }

            Salvaged salvaged = Salvage.salvage(store.disk, fresh, SmallStores.CONFIG, _ -> Optional.empty());

            assertThat(Verification.of(fresh).damage()).isEmpty();
            store.disk = fresh;
            Map<Long, String> after = events(store);
            assertThat(after).hasSize((int) salvaged.kept()).isNotEmpty();
            assertThat(before).containsAllEntriesOf(after);
        }
    }

    @Test
    void leavesEventsOutWhosePositionsMakeNoSense() throws IOException {
        try (Store store = filled()) {
            wipeRing(store);
            moveFirstBlockTo(store, 1L << 40);

            Salvaged salvaged = salvage(store);

            assertThat(salvaged.notes())
                    .anyMatch(note -> note.contains("whose position, 1099511627776, makes no sense"));
            assertThat(salvaged.kept()).isPositive();
            assertThat(Verification.of(fresh).damage()).isEmpty();
        }
    }

    @Test
    void passesOverStreamsWhoseNumbersMakeNoSense() throws IOException {
        try (Store store = filled()) {
            store.disk.createDirectory("streams/999999999-Acme");

            Salvaged salvaged = salvage(store);

            assertThat(salvaged.streams()).hasSize(1);
            assertThat(salvaged.lost()).isZero();
        }
    }

    @Test
    void refusesADirectoryThatIsNotEmpty() throws IOException {
        try (Store store = filled()) {
            try (DiskFile file = fresh.open("letters.txt")) {
                file.sync();
            }

            assertThatThrownBy(() -> salvage(store))
                    .isInstanceOf(CannotOpen.class)
                    .hasMessageContaining("letters.txt");
        }
    }

    /// Events in segments, snapshot and ring, a cursor and a row.
    private static Store filled() throws IOException {
        Store store = FilledStores.withSegments();
        store.open();
        Store.result(store.engine
                .log()
                .append(Batch.ofStates(List.of(new Batch.StateChange.Put("rows", "key", Bytes.utf8("value"))))));
        store.crash();
        return store;
    }

    private static void put(Store store, String value) {
        Store.result(store.engine
                .log()
                .append(Batch.ofStates(List.of(new Batch.StateChange.Put("rows", "key", Bytes.utf8(value))))));
    }

    private Salvaged salvage(Store store) throws IOException {
        return Salvage.salvage(store.disk, fresh, SmallStores.CONFIG, SalvageTest::type);
    }

    private static Map<Long, String> events(Store store) throws IOException {
        store.open();
        try {
            return store.read(Store.PLACED.stream()).stream()
                    .collect(Collectors.toMap(StoredEvent::position, SalvageTest::id));
        } finally {
            store.crash();
        }
    }

    private static Optional<EventType> type(Bytes json) {
        return Optional.of(Store.PLACED);
    }

    private static long floor(Store store) {
        return store.engine
                .groups()
                .cursors(Store.READERS)
                .values()
                .iterator()
                .next()
                .floor();
    }

    private static String id(StoredEvent event) {
        String json = event.json().toUtf8();
        return json.substring(json.indexOf("id\":\"") + 5, json.indexOf("\",\"data"));
    }

    private static void wipeRing(Store store) throws IOException {
        for (String file : store.disk.files()) {
            if (file.startsWith("wal/")) {
                store.disk.delete(file);
            }
        }
    }

    /// Checksums hold afterwards.
    private static void moveFirstBlockTo(Store store, long position) throws IOException {
        try (DiskFile file = store.disk.open(SEGMENT)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            Packed.putLong(bytes, FIRST_BLOCK + 24, position);
            int first = FIRST_BLOCK + Block.HEADER;
            int end = Block.end(bytes, FIRST_BLOCK);
            long next = position;
            for (int at = first; at < end; at = EntryFormat.endOf(bytes, at)) {
                Packed.putLong(bytes, at + 8, next++);
            }
            Packed.putInt(bytes, FIRST_BLOCK + 8, Packed.crc(bytes, first, end));
            Packed.putInt(bytes, FIRST_BLOCK + 4, Packed.crc(bytes, FIRST_BLOCK + 8, first));
            file.write(ByteBuffer.wrap(bytes), 0);
            file.sync();
        }
    }

    private static void damage(Store store, String path, Random random) throws IOException {
        if (!store.disk.exists(path)) {
            return;
        }
        long size;
        try (DiskFile file = store.disk.open(path)) {
            size = file.size();
            if (size > 0 && random.nextInt(4) == 0) {
                file.truncate(random.nextLong(size));
                file.sync();
                return;
            }
        }
        if (size == 0 || random.nextInt(6) == 0) {
            store.disk.delete(path);
        } else {
            store.disk.flipBit(path, random.nextLong(size));
        }
    }
}
