package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.TailMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Moves events from memory to segments. Streams with little that is new are left alone as long as all of them
/// together stay below a bound: what they have is carried in the snapshot, a few bytes in one file instead of a file
/// and a sync for each of them.
final class Flush {
    /// A stream with more than that is flushed in any case: it fills a block.
    private static final long BLOCK = 64 << 10;

    private final SegmentStore store;
    private final TailMemory tails;
    private final long carriedBytes;

    Flush(SegmentStore store, TailMemory tails, long carriedBytes) {
        this.store = store;
        this.tails = tails;
        this.carriedBytes = carriedBytes;
    }

    private record Pending(StreamLog stream, long bytes) {}

    void run(Iterable<StreamLog> streams, long now) throws IOException {
        List<Pending> small = new ArrayList<>();
        for (StreamLog stream : streams) {
            removeBelowFirst(stream);
            long bytes = pendingBytes(stream);
            if (bytes > BLOCK) {
                flush(stream, now);
            } else if (bytes > 0) {
                small.add(new Pending(stream, bytes));
            }
        }
        small.sort(Comparator.comparingLong(Pending::bytes));
        long carried = 0;
        for (Pending pending : small) {
            carried += pending.bytes;
            if (carried > carriedBytes) {
                flush(pending.stream, now);
                tails.settled(pending.stream);
            }
        }
    }

    /// Removes the segments that lie below the stream's first position.
    void removeBelowFirst(StreamLog stream) throws IOException {
        List<Segment> segments = stream.segments();
        int gone = 0;
        while (gone < segments.size() && segments.get(gone).next() <= stream.first()) {
            store.remove(segments.get(gone));
            gone++;
        }
        if (gone > 0) {
            store.syncRemovals(segments.getFirst());
        }
        long flushed = Math.max(stream.flushed(), Math.min(stream.first(), stream.end()));
        if (gone > 0 || flushed > stream.flushed()) {
            stream.flushedTo(flushed, segments.subList(gone, segments.size()));
        }
    }

    private static long pendingBytes(StreamLog stream) {
        long bytes = 0;
        long end = stream.end();
        for (long at = stream.flushed(); at < end && bytes <= BLOCK; at++) {
            StoredEvent event = stream.tail().get(at);
            bytes += event == null ? 0 : length(event);
        }
        return bytes;
    }

    static int length(StoredEvent event) {
        return EntryFormat.length(event.json().array(), EntryFormat.startOf(event));
    }

    private void flush(StreamLog stream, long now) throws IOException {
        List<StoredEvent> events = pending(stream);
        if (events.isEmpty() || events.getFirst().position() != stream.flushed()) {
            return;
        }
        SegmentStore.Target target = new SegmentStore.Target(stream.number(), stream.name(), stream.segments());
        List<Segment> segments = store.append(target, events, now);
        stream.flushedTo(segments.getLast().next(), segments);
    }

    /// What is in memory only, without gaps and up to its end; what retention removes meanwhile is left out.
    static List<StoredEvent> pending(StreamLog stream) {
        List<StoredEvent> events = new ArrayList<>();
        long end = stream.end();
        for (long at = Math.max(stream.flushed(), stream.first()); at < end; at++) {
            StoredEvent event = stream.tail().get(at);
            if (event == null) {
                events.clear();
                at = stream.first() - 1;
            } else {
                events.add(event);
            }
        }
        return events;
    }
}
