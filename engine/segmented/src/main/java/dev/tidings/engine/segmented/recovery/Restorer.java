package dev.tidings.engine.segmented.recovery;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.segmented.checkpoint.SnapshotItems;
import dev.tidings.engine.segmented.checkpoint.SnapshotItems.Standing;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.dedup.Sighting;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Identity;
import dev.tidings.engine.segmented.format.ItemSink;
import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.segments.IndexFile;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.TailMemory.Part;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Does again what snapshots and records say. Doing something twice changes nothing.
final class Restorer implements ItemSink {
    private final Memory memory;
    private final OpenFiles files;
    private final long seed;
    private final Map<Integer, Long> came = new TreeMap<>();
    private final Map<Integer, Standing> standings = new TreeMap<>();
    private boolean replaying;
    private long time;

    Restorer(Memory memory, OpenFiles files, long seed) {
        this.memory = memory;
        this.files = files;
        this.seed = seed;
    }

    /// Records follow: what they remember is not in the files of deduplication yet.
    void replay() {
        replaying = true;
    }

    long time() {
        return time;
    }

    void timeAtLeast(long millis) {
        time = Math.max(time, millis);
    }

    /// Ends a record or snapshot: what came with it is there now.
    void publish(long lsn, long bytes) {
        List<Part> parts = new ArrayList<>();
        came.forEach((number, from) -> {
            StreamLog stream = memory.streams().get(number);
            stream.tail().publish();
            parts.add(new Part(stream, from, stream.end()));
        });
        came.clear();
        memory.seen().durable();
        if (!parts.isEmpty()) {
            memory.tails().add(lsn, bytes, parts);
        }
    }

    @Override
    public void stream(int number, StreamName name) {
        memory.streams().add(number, name);
    }

    @Override
    public void type(int stream, int number, EventType type) {
        memory.streams().get(stream).addType(number, type);
    }

    @Override
    public void entry(byte[] array, int at) {
        StreamLog stream = memory.streams().get(EntryFormat.stream(array, at));
        long position = EntryFormat.position(array, at);
        long next = stream.tail().next();
        if (position > next) {
            throw new IllegalStateException("%s goes from %d to %d".formatted(stream.name(), next, position));
        }
        if (position == next) {
            came.putIfAbsent(stream.number(), position);
            stream.tail().put(EntryFormat.read(array, at, stream.types()[EntryFormat.type(array, at)]));
        }
        long window = EntryFormat.remember(array, at);
        if (replaying && window > 0) {
            long location = Seen.location(stream.number(), position);
            long accepted = EntryFormat.accepted(array, at);
            memory.seen().put(new Sighting(Identity.hash(seed, array, at), location, accepted), window);
        }
        timeAtLeast(EntryFormat.accepted(array, at));
    }

    @Override
    public void cursor(int stream, GroupName group, Cursor cursor) {
        memory.cursors().set(group, memory.streams().get(stream).partition(), cursor);
    }

    @Override
    public void forget(GroupName group) {
        memory.cursors().forget(group);
    }

    @Override
    public void put(String table, String key, Bytes value) {
        memory.tables().put(table, key, value);
    }

    @Override
    public void remove(String table, String key) {
        memory.tables().remove(table, key);
    }

    @Override
    public void first(int stream, long first) {
        StreamLog log = memory.streams().get(stream);
        log.tail().publish();
        if (first > log.tail().next()) {
            throw new IllegalStateException("%s begins at %d, behind its end".formatted(log.name(), first));
        }
        log.moveFirst(first);
        log.tail().dropBefore(first);
    }

    @Override
    public void other(int kind, Reader body) {
        try {
            switch (kind) {
                case SnapshotItems.STANDING -> standing(body);
                case SnapshotItems.GENERATION -> memory.seen().restore(Seen.Saved.read(body));
                case SnapshotItems.TIME -> timeAtLeast(body.readLong());
                default -> throw new IllegalStateException("an item of the unknown kind " + kind);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void standing(Reader body) {
        StreamLog stream = memory.streams().get(body.readInt());
        String directory = SegmentStore.directory(stream.number(), stream.name());
        Standing standing = Standing.read(body, stream.number(), directory);
        standing.requireSense(stream.types().length);
        standings.put(stream.number(), standing);
        stream.restore(standing.first(), standing.flushed(), List.of());
    }

    /// Takes up the segments that snapshots named, but for those that records said were removed since.
    void takeUpSegments() throws IOException {
        for (Standing standing : standings.values()) {
            StreamLog stream = memory.streams().get(standing.stream());
            stream.flushedTo(stream.flushed(), segments(standing, stream));
        }
    }

    private List<Segment> segments(Standing standing, StreamLog stream) throws IOException {
        String directory = SegmentStore.directory(stream.number(), stream.name());
        int types = stream.types().length;
        List<Segment> segments = new ArrayList<>();
        List<Long> bounds = new ArrayList<>(standing.sealed());
        standing.growing().forEach(segment -> bounds.add(segment.first()));
        bounds.add(standing.flushed());
        for (int i = 0; i < standing.sealed().size(); i++) {
            if (bounds.get(i + 1) > stream.first()) {
                long from = bounds.get(i);
                segments.add(sealed(SegmentStore.path(directory, from), from, bounds.get(i + 1), types));
            }
        }
        standing.growing().stream()
                .filter(segment -> segment.next() > stream.first())
                .forEach(segments::add);
        return segments;
    }

    private Segment sealed(String path, long first, long next, int types) throws IOException {
        Segment segment = readSealed(path);
        if (segment.first() != first || segment.next() != next) {
            String found = "it holds positions %d to %d".formatted(segment.first(), segment.next());
            throw new Corrupt(segment.indexFile(), 0, "%s, not %d to %d".formatted(found, first, next));
        }
        if (!segment.summary().within(types)) {
            throw new Corrupt(segment.indexFile(), 0, "it sums up types that the stream does not have");
        }
        return segment;
    }

    private Segment readSealed(String path) throws IOException {
        try {
            return IndexFile.segment(files, path);
        } catch (NoSuchFileException missing) {
            throw new Corrupt(missing.getFile(), 0, "the file is missing");
        }
    }
}
