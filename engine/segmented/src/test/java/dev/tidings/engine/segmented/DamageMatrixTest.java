package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of file, damaged in every way. A store then opens and has all that was acknowledged; or refuses to open,
/// says which file, and is left as it was; or opens, and only reads of what is damaged fail, and say where.
@Timeout(120)
class DamageMatrixTest {
    private static final long SEED = Long.getLong("tidings.seed", 20260131);
    /// How many places are tried for each flipped bit: `-Dtidings.flips=100` for a long run.
    private static final int FLIPS = Integer.getInteger("tidings.flips", 3);

    private static final Map<WornStore.End, WornStore> STORES = new EnumMap<>(WornStore.End.class);

    @BeforeAll
    static void live() throws IOException {
        for (WornStore.End end : WornStore.End.values()) {
            STORES.put(end, new WornStore(end));
        }
    }

    static Stream<Arguments> matrix() {
        return Stream.of(WornStore.End.values())
                .flatMap(end -> Stream.of(FileKind.values())
                        .flatMap(kind -> Stream.of(Harm.values()).map(harm -> Arguments.of(end, kind, harm))));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void losesNothingSilently(WornStore.End end, FileKind kind, Harm harm) throws IOException {
        WornStore worn = STORES.get(end);
        List<String> victims = kind.some(worn.files());
        assertThat(victims).as("files of this kind").isNotEmpty();

        for (String victim : victims) {
            Random random = new Random(SEED + victim.hashCode());
            for (int i = 0; i < (harm.isAFlip() ? FLIPS : 1); i++) {
                FaultyDisk disk = worn.copy();
                String what = harm.doTo(disk, new Harm.Victim(victim, kind, worn), random);
                judge(worn, disk, new Done(victim, what));
            }
        }
    }

    /// What was done to which file.
    private record Done(String victim, String what) {
        @Override
        public String toString() {
            return "%s, %s, with the seed %d".formatted(victim, what, SEED);
        }
    }

    private static void judge(WornStore worn, FaultyDisk disk, Done done) throws IOException {
        long changes = disk.changes();
        try (Store store = open(disk)) {
            hasAll(worn, store, done);
            worn.acknowledged.keySet().forEach(stream -> store.append(stream, "later", 10));
            try (Store again = open(store.disk.recovered(Crash.LOSING_ALL_UNSYNCED))) {
                hasAll(worn, again, done);
            }
        } catch (Corrupt corrupt) {
            names(corrupt, done);
            assertThat(disk.changes()).as("changes to %s", done).isEqualTo(changes);
        }
    }

    private static Store open(FaultyDisk disk) throws IOException {
        Store store = new Store(SmallStores.TINY, disk);
        store.clock.advance(WornStore.AGE);
        return store;
    }

    private static void hasAll(WornStore worn, Store store, Done done) {
        worn.acknowledged.forEach((stream, ids) -> hasAll(store, stream, ids, done));
        assertThat(store.engine.groups().cursors(Store.READERS))
                .as("the cursor: %s", done)
                .containsEntry(Partition.only(WornStore.BUSY), Cursor.at(worn.floor));
        assertThat(store.engine.states().rows("rows")).as("rows: %s", done).isEqualTo(worn.rows);
    }

    /// Reads from the beginning, and has some events come again.
    private static void hasAll(Store store, StreamName stream, List<String> ids, Done done) {
        List<String> read = new ArrayList<>();
        try {
            readInto(read, store, stream);
            assertThat(read).as("%s: %s", stream, done).startsWith(ids.toArray(String[]::new));
        } catch (Corrupt corrupt) {
            names(corrupt, done);
            assertThat(store.failures).as("what the store reports: %s", done).isNotEmpty();
            assertThat(done.victim).contains(stream.value());
            assertThat(read).as("%s: %s", stream, done).isEqualTo(ids.subList(0, read.size()));
        }
        for (String id : List.of(ids.getFirst(), ids.get(ids.size() / 2), ids.getLast())) {
            assertThat(store.append(stream, id, 10).duplicates())
                    .as("%s of %s again: %s", id, stream, done)
                    .isOne();
        }
    }

    private static void readInto(List<String> read, Store store, StreamName stream) {
        try (EventReader reader = store.engine.log().reader(Partition.only(stream), TypeSelection.ALL)) {
            Slice slice;
            do {
                slice = Store.result(reader.read(read.size(), 1_000));
                slice.events().forEach(event -> read.add(id(event)));
                assertThat(slice.next()).isEqualTo(read.size());
            } while (!slice.atEnd());
        }
    }

    private static void names(Corrupt corrupt, Done done) {
        assertThat(corrupt.file()).as("%s: %s", done, corrupt).isEqualTo(done.victim);
        assertThat(corrupt.offset()).isNotNegative();
    }

    private static String id(StoredEvent event) {
        return event.json().toUtf8().split("\"", 5)[3];
    }
}
