package dev.tidings.engine.segmented.state;

import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One stream: its segments up to [#flushed], its newest events in memory from there on or from earlier on.
///
/// The committer gives positions and type numbers and moves [#first]; who checkpoints replaces the segments.
/// All else only reads.
public final class StreamLog {
    private final int number;
    private final StreamName name;
    private final Partition partition;
    private final Map<EventType, Integer> typeNumbers = new ConcurrentHashMap<>();
    private volatile EventType[] types = {};
    private volatile Tail tail = new Tail(0);
    private volatile long first;
    private volatile long flushed;
    private volatile List<Segment> segments = List.of();
    private long touchedBy = -1;

    StreamLog(int number, StreamName name) {
        this.number = number;
        this.name = name;
        this.partition = Partition.only(name);
    }

    public int number() {
        return number;
    }

    public StreamName name() {
        return name;
    }

    public Partition partition() {
        return partition;
    }

    public Tail tail() {
        return tail;
    }

    public long end() {
        return tail.end();
    }

    public Extent extent() {
        long from = first;
        return new Extent(from, Math.max(from, tail.end()));
    }

    public long first() {
        return first;
    }

    /// Everything below is in the segments, or removed.
    public long flushed() {
        return flushed;
    }

    /// Ascending and without gaps; only the last may be unsealed.
    public List<Segment> segments() {
        return segments;
    }

    /// By number.
    public EventType[] types() {
        return types;
    }

    /// The number of a type, or -1 where it has none yet.
    public int typeNumber(EventType type) {
        return typeNumbers.getOrDefault(type, -1);
    }

    public void addType(int typeNumber, EventType type) {
        if (typeNumber == types.length) {
            EventType[] more = Arrays.copyOf(types, typeNumber + 1);
            more[typeNumber] = type;
            typeNumbers.put(type, typeNumber);
            types = more;
        } else if (typeNumber > types.length || !types[typeNumber].equals(type)) {
            throw new IllegalStateException("%s: type %d is not %s".formatted(name, typeNumber, type));
        }
    }

    /// Whether this is the first touch by this group. For the committer.
    public boolean touch(long group) {
        boolean fresh = touchedBy != group;
        touchedBy = group;
        return fresh;
    }

    public void moveFirst(long position) {
        first = Math.max(first, position);
    }

    /// The segments hold everything up to `position` from now on.
    public void flushedTo(long position, List<Segment> held) {
        segments = List.copyOf(held);
        flushed = position;
    }

    /// Sets where the stream stands, before anything reads it.
    public void restore(long firstHeld, long flushedTo, List<Segment> held) {
        first = firstHeld;
        flushedTo(flushedTo, held);
        tail = new Tail(flushedTo);
    }
}
