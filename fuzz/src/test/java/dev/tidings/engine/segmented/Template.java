package dev.tidings.engine.segmented;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.Groups;
import dev.tidings.engine.Partition;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A store with something of everything in it: sealed and growing segments, a snapshot, records behind it, a stream
/// that is carried in the snapshot, cursors, a table, deduplication.
final class Template {
    static final SegmentedConfig CONFIG = new SegmentedConfig(
            new SegmentedConfig.Ring(3, DataSize.ofKibibytes(192)),
            new SegmentedConfig.Commit(
                    DataSize.ofKibibytes(64),
                    16,
                    DataSize.ofMebibytes(1),
                    DataSize.ofKibibytes(64),
                    Duration.ofSeconds(1)),
            new SegmentedConfig.Stage(
                    DataSize.ofKibibytes(64), DataSize.ofKibibytes(2), Duration.ofHours(1), DataSize.ofKibibytes(1)),
            new SegmentedConfig.Space(DataSize.ofKibibytes(4), DataSize.ofKibibytes(8), Duration.ofSeconds(1)),
            Duration.ofHours(10),
            1_000,
            1);
    private static final HandClock CLOCK = new HandClock();

    private static final List<EventType> TYPES =
            List.of(new EventType("Acme.Shop.Order.Placed"), new EventType("Acme.Shop.Order.Paid"));
    private static final GroupName READERS = new GroupName(new ClientName("acme"), GroupName.DEFAULT);
    private static final StreamName CARRIED = new StreamName("Acme.Stock");

    /// What is at each position of each stream.
    final Map<StreamName, Map<Long, Bytes>> appended = new TreeMap<>();
    private final FaultyDisk disk = new FaultyDisk(1);

    Template() {
        try (SegmentedEngine engine = SegmentedEngine.open(disk, CONFIG, world(EngineObserver.NONE))) {
            var _ = engine.groups().join(READERS, Set.of(TYPES.getFirst().stream()), new Members());
            for (int i = 0; i < 12; i++) {
                append(engine, TYPES.getFirst().stream(), i);
            }
            append(engine, CARRIED, 100);
            engine.checkpoint();
            for (int i = 12; i < 15; i++) {
                append(engine, TYPES.getFirst().stream(), i);
            }
            append(engine, CARRIED, 101);
            disk.crash();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Always the same, so that an input does the same damage each time.
    static World world(EngineObserver observer) {
        return new World(CLOCK, observer, () -> 7, Threads.PLATFORM);
    }

    /// The store as it is found after its process and its machine went down.
    FaultyDisk copy() {
        return disk.recovered(Crash.LOSING_ALL_UNSYNCED);
    }

    private void append(SegmentedEngine engine, StreamName stream, int number) {
        EventType type = TYPES.get(number % TYPES.size());
        Event event = event(type, "e" + number, 300);
        Map<Long, Bytes> events = appended.computeIfAbsent(stream, _ -> new TreeMap<>());
        events.put((long) events.size(), event.json());
        Partition partition = Partition.only(TYPES.getFirst().stream());
        engine.log()
                .append(new Batch(
                        List.of(new Batch.Entry(stream, event, Duration.ofDays(1))),
                        List.of(new Batch.CursorMove(READERS, partition, Cursor.at(number % 12))),
                        List.of(new Batch.StateChange.Put("table", "key" + number, Bytes.utf8("value")))))
                .toCompletableFuture()
                .join();
    }

    static Event event(EventType type, String id, int payload) {
        String json = "{\"id\":\"%s\",\"data\":\"%s\"}".formatted(id, "x".repeat(payload));
        return new Event(id, "https://shop", type, null, null, new Event.Data.None(), Bytes.utf8(json));
    }

    private static final class Members implements Groups.MembershipListener {
        @Override
        public void assigned(Set<Partition> partitions) {}

        @Override
        public void revoked(Set<Partition> partitions) {}
    }
}
