package dev.tidings.engine.segmented;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Groups;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// A small store on a faulty disk, for the tests of what only this engine does.
final class Store implements AutoCloseable {
    static final EventType PLACED = new EventType("Acme.Shop.Order.Placed");
    static final GroupName READERS = new GroupName(new ClientName("acme"), GroupName.DEFAULT);

    final HandClock clock = new HandClock();
    final List<String> failures = new ArrayList<>();
    private final SegmentedConfig config;
    FaultyDisk disk;
    SegmentedEngine engine;

    Store(SegmentedConfig config) throws IOException {
        this(config, new FaultyDisk(1));
    }

    Store(SegmentedConfig config, FaultyDisk disk) throws IOException {
        this.config = config;
        this.disk = disk;
        this.engine = open();
    }

    SegmentedEngine open() throws IOException {
        engine = SegmentedEngine.open(disk, config, clock, new EngineObserver() {
            @Override
            public void committed(int batches, int bytes, long nanos) {}

            @Override
            public void failed(String what) {
                failures.add(what);
            }
        });
        return engine;
    }

    void crash() {
        FaultyDisk found = disk.recovered(Crash.LOSING_ALL_UNSYNCED);
        engine.close();
        disk = found;
        failures.clear();
    }

    static Event event(EventType type, String id, int payload) {
        String json = "{\"id\":\"%s\",\"data\":\"%s\"}".formatted(id, "x".repeat(payload));
        return new Event(id, "https://shop", type, null, null, new Event.Data.None(), Bytes.utf8(json));
    }

    static Batch.Entry entry(StreamName stream, String id, int payload) {
        return new Batch.Entry(stream, event(PLACED, id, payload), Duration.ofDays(1));
    }

    Appended append(String id, int payload) {
        return append(PLACED.stream(), id, payload);
    }

    Appended append(StreamName stream, String id, int payload) {
        return result(engine.log().append(Batch.ofEntries(List.of(entry(stream, id, payload)))));
    }

    void moveTo(long floor) {
        Partition partition = Partition.only(PLACED.stream());
        result(engine.log()
                .append(Batch.ofCursors(List.of(new Batch.CursorMove(READERS, partition, Cursor.at(floor))))));
    }

    static void join(Engine engine) {
        var _ = join(engine, READERS);
    }

    static Groups.Membership join(Engine engine, GroupName group) {
        return engine.groups().join(group, Set.of(PLACED.stream()), new Groups.MembershipListener() {
            @Override
            public void assigned(Set<Partition> partitions) {}

            @Override
            public void revoked(Set<Partition> partitions) {}
        });
    }

    List<StoredEvent> read(StreamName stream) {
        List<StoredEvent> all = new ArrayList<>();
        try (EventReader reader = engine.log().reader(Partition.only(stream), TypeSelection.ALL)) {
            long at = 0;
            while (true) {
                Slice slice = result(reader.read(at, 10_000));
                all.addAll(slice.events());
                at = slice.next();
                if (slice.atEnd()) {
                    return all;
                }
            }
        }
    }

    static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        disk.crash();
        engine.close();
    }
}
