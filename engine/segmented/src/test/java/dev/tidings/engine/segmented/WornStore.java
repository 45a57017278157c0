package dev.tidings.engine.segmented;

import dev.tidings.engine.Batch;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.Bytes;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A store that has lived: its ring has gone round, streams have sealed segments and one that grows, a quiet stream has
/// only ever been carried, there are several generations of deduplication, cursors, rows; and what its files were like
/// in the middle of that life.
final class WornStore {
    static final StreamName BUSY = Store.PLACED.stream();
    static final StreamName LESS_BUSY = new StreamName("Acme.Till");
    static final StreamName QUIET = new StreamName("Acme.Quiet");

    private static final int ROUNDS = 120;
    private static final Duration PART_OF_THE_WINDOW = Duration.ofHours(7);
    /// How old its first event is.
    static final Duration AGE = PART_OF_THE_WINDOW.multipliedBy(3);

    final Map<StreamName, List<String>> acknowledged = new TreeMap<>();
    final Map<String, Bytes> rows = new TreeMap<>();
    final Map<String, byte[]> earlier = new TreeMap<>();
    long floor;
    private final FaultyDisk disk;

    /// How a life ends.
    enum End {
        /// In good order: a checkpoint covers all of it.
        CLOSED,
        /// By a power cut: there are records behind the last checkpoint.
        CUT
    }

    WornStore(End end) throws IOException {
        try (Store store = new Store(SmallStores.TINY)) {
            Store.join(store.engine);
            for (int round = 0; round < ROUNDS; round++) {
                live(store, round);
                if (round == ROUNDS / 2) {
                    store.engine.checkpoint();
                    remember(store.disk);
                }
            }
            if (end == End.CLOSED) {
                store.engine.close();
            }
            store.disk.syncDirectory("");
            disk = store.disk.recovered(Crash.LOSING_ALL_UNSYNCED);
        }
    }

    /// A copy of what is left of it.
    FaultyDisk copy() {
        return disk.recovered(Crash.LOSING_ALL_UNSYNCED);
    }

    List<String> files() {
        return disk.files();
    }

    private void live(Store store, int round) {
        append(store, BUSY, "busy-" + round, 1_500);
        if (round % 3 == 0) {
            append(store, LESS_BUSY, "less-" + round, 800);
        }
        if (round % 20 == 10) {
            append(store, QUIET, "quiet-" + round, 10);
            store.moveTo(++floor);
            Bytes value = Bytes.utf8("value " + round);
            rows.put("key " + round % 3, value);
            Store.result(store.engine
                    .log()
                    .append(Batch.ofStates(List.of(new Batch.StateChange.Put("rows", "key " + round % 3, value)))));
        }
        if (round % 30 == 29) {
            store.engine.checkpoint();
            if (round < ROUNDS - 1) {
                store.clock.advance(PART_OF_THE_WINDOW);
            }
        }
        if (round == ROUNDS - 1) {
            append(store, QUIET, "last", 10);
            append(store, BUSY, "very last", 10);
        }
    }

    private void append(Store store, StreamName stream, String id, int payload) {
        store.append(stream, id, payload);
        acknowledged.computeIfAbsent(stream, _ -> new ArrayList<>()).add(id);
    }

    private void remember(FaultyDisk from) throws IOException {
        for (String path : from.files()) {
            earlier.put(path, bytes(from, path));
        }
    }

    static byte[] bytes(FaultyDisk disk, String path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            return bytes;
        }
    }
}
