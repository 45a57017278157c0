package dev.tidings.engine.segmented.salvage;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.segmented.checkpoint.SnapshotItems;
import dev.tidings.engine.segmented.checkpoint.SnapshotItems.Standing;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.ItemSink;
import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.state.Tables;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// All that snapshots and records of a damaged store say, taken down without asking whether it fits together: what it
/// refers to may be lost.
final class Recollection implements ItemSink {
    private static final int MOST = 1 << 17;

    final NavigableMap<Integer, OfStream> streams = new TreeMap<>();
    final Tables tables = new Tables();
    long time;
    private boolean statesCount = true;

    /// What is known of a stream.
    static final class OfStream {
        String name = "";
        final Map<Integer, EventType> types = new HashMap<>();
        /// Of its types' numbers, whether their names are known or not.
        int highestType = -1;
        final NavigableMap<Long, Entry> entries = new TreeMap<>();
        final Map<GroupName, Cursor> cursors = new HashMap<>();
        /// Where it begins; below 0 where nothing tells it.
        long first = -1;
        /// The stream had come at least so far.
        long reached;
    }

    /// An event as it stands in a record.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] array, int at) {}

    OfStream of(int stream) {
        requireSense("stream", stream);
        return streams.computeIfAbsent(stream, _ -> new OfStream());
    }

    /// Numbers are given one after the other, and for each up to the highest there is something in memory.
    private static void requireSense(String what, int number) {
        if (!makesSense(number)) {
            throw new IllegalStateException("%s %d makes no sense".formatted(what, number));
        }
    }

    /// Whether there may be a stream or type of that number.
    static boolean makesSense(int number) {
        return number >= 0 && number < MOST;
    }

    /// Only events count from here on: the rest is older than what is known already.
    void onlyEvents() {
        statesCount = false;
    }

    /// Everything counts again.
    void everything() {
        statesCount = true;
    }

    @Override
    public void stream(int number, StreamName name) {
        of(number).name = name.value();
    }

    @Override
    public void type(int stream, int number, EventType type) {
        requireSense("type", number);
        OfStream known = of(stream);
        known.types.put(number, type);
        known.highestType = Math.max(known.highestType, number);
    }

    @Override
    public void entry(byte[] array, int at) {
        requireSense("type", EntryFormat.type(array, at));
        OfStream stream = of(EntryFormat.stream(array, at));
        long position = EntryFormat.position(array, at);
        stream.entries.putIfAbsent(position, new Entry(array, at));
        stream.reached = Math.max(stream.reached, position + 1);
        time = Math.max(time, EntryFormat.accepted(array, at));
    }

    @Override
    public void cursor(int stream, GroupName group, Cursor cursor) {
        if (statesCount) {
            of(stream).cursors.put(group, cursor);
        }
    }

    @Override
    public void forget(GroupName group) {
        if (statesCount) {
            streams.values().forEach(stream -> stream.cursors.remove(group));
        }
    }

    @Override
    public void put(String table, String key, Bytes value) {
        if (statesCount) {
            tables.put(table, key, value);
        }
    }

    @Override
    public void remove(String table, String key) {
        if (statesCount) {
            tables.remove(table, key);
        }
    }

    @Override
    public void first(int stream, long first) {
        OfStream known = of(stream);
        known.first = Math.max(known.first, first);
        known.reached = Math.max(known.reached, first);
    }

    @Override
    public void other(int kind, Reader body) {
        switch (kind) {
            case SnapshotItems.STANDING -> standing(body);
            case SnapshotItems.TIME -> time = Math.max(time, body.readLong());
            // what is remembered against duplicates is made anew
            case SnapshotItems.GENERATION -> {}
            default -> throw new IllegalStateException("an item of the unknown kind " + kind);
        }
    }

    private void standing(Reader body) {
        int stream = body.readInt();
        Standing standing = Standing.read(body, stream, "");
        first(stream, standing.first());
        of(stream).reached = Math.max(of(stream).reached, standing.flushed());
    }
}
