package dev.tidings.engine.testkit;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Appended.Place;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.Event;
import dev.tidings.model.GroupName;
import dev.tidings.model.KeyHash;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a [MemoryEngine] keeps from one opening to the next: everything that became durable. One lock.
final class MemoryStore {
    private static final int ROOM = 16;

    private final Map<Partition, MemoryPartition> partitions = new TreeMap<>();
    private final Map<Identity, Remembered> remembered = new HashMap<>();
    private final Map<GroupName, Map<Partition, Cursor>> cursors = new TreeMap<>();
    private final Map<String, SortedMap<String, Bytes>> tables = new HashMap<>();
    private Instant last = Instant.MIN;

    /// Does the whole batch, and cannot fail.
    synchronized Appended apply(Batch batch, Instant now) {
        last = now.isAfter(last) ? now : last;
        List<Place> places = new ArrayList<>();
        for (Batch.Entry entry : batch.entries()) {
            places.add(isDuplicate(entry) ? new Place.Duplicate() : store(entry));
        }
        for (Batch.CursorMove move : batch.cursors()) {
            cursors.computeIfAbsent(move.group(), _ -> new TreeMap<>()).put(move.partition(), move.cursor());
        }
        batch.forgotten().forEach(cursors::remove);
        for (Batch.StateChange change : batch.states()) {
            apply(change);
        }
        return new Appended(last, places);
    }

    private boolean isDuplicate(Batch.Entry entry) {
        Remembered earlier = remembered.get(Identity.of(entry.event()));
        return earlier != null
                && entry.deduplication().isPositive()
                && earlier.at.plus(earlier.window).isAfter(last);
    }

    private Place store(Batch.Entry entry) {
        Event event = entry.event();
        Partition partition = Partition.only(entry.stream());
        MemoryPartition events = partitions.computeIfAbsent(partition, _ -> new MemoryPartition());
        long position = events.next();
        events.add(new StoredEvent(
                position,
                last.toEpochMilli(),
                event.type(),
                KeyHash.of(event.partitionKey()),
                event.time() != null,
                amongOthers(event.json())));
        if (entry.deduplication().isPositive()) {
            remembered.put(Identity.of(event), new Remembered(last, entry.deduplication()));
        }
        return new Place.Stored(partition, position);
    }

    /// As engines hand events on that read many at once: each is a part of a larger array.
    private static Bytes amongOthers(Bytes json) {
        byte[] array = new byte[json.length() + 2 * ROOM];
        json.copyTo(array, ROOM);
        return new Bytes(array, ROOM, json.length());
    }

    private void apply(Batch.StateChange change) {
        SortedMap<String, Bytes> rows = tables.computeIfAbsent(change.table(), _ -> new TreeMap<>());
        switch (change) {
            case Batch.StateChange.Put put -> rows.put(put.key(), put.value().compact());
            case Batch.StateChange.Remove remove -> rows.remove(remove.key());
        }
    }

    synchronized Slice read(Partition partition, long from, int maxBytes, TypeSelection types) {
        return in(partition).read(from, maxBytes, types);
    }

    synchronized Extent extent(Partition partition) {
        return in(partition).extent();
    }

    synchronized long positionAt(Partition partition, Instant time) {
        return in(partition).positionAt(time);
    }

    synchronized List<StreamName> streams() {
        return partitions.keySet().stream().map(Partition::stream).toList();
    }

    synchronized Map<Partition, Cursor> cursors(GroupName group) {
        return Map.copyOf(cursors.getOrDefault(group, Map.of()));
    }

    synchronized Set<GroupName> groups() {
        return Set.copyOf(cursors.keySet());
    }

    synchronized SortedMap<String, Bytes> rows(String table) {
        return new TreeMap<>(tables.getOrDefault(table, new TreeMap<>()));
    }

    synchronized void sweep(RetentionRules rules, Instant now) {
        partitions.forEach((partition, events) -> events.sweep(
                now,
                type -> rules.of(partition.stream(), type),
                new MemoryPartition.Consumption(
                        position -> consumed(partition, position),
                        type -> rules.progress().consumedTo(partition, type))));
    }

    synchronized DataSize used() {
        long bytes = 0;
        for (MemoryPartition events : partitions.values()) {
            for (StoredEvent event :
                    events.read(0, Integer.MAX_VALUE, TypeSelection.ALL).events()) {
                bytes += event.json().length();
            }
        }
        return new DataSize(bytes);
    }

    private boolean consumed(Partition partition, long position) {
        return cursors.values().stream()
                .map(ofGroup -> ofGroup.get(partition))
                .allMatch(cursor -> cursor == null || cursor.floor() > position);
    }

    private MemoryPartition in(Partition partition) {
        return partitions.getOrDefault(partition, new MemoryPartition());
    }

    private record Identity(String source, String id) {
        static Identity of(Event event) {
            return new Identity(event.source(), event.id());
        }
    }

    private record Remembered(Instant at, Duration window) {}
}
