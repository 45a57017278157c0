package dev.tidings.engine.segmented.state;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.format.EntryFormat;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Bounds the memory that the tails of all streams take together: remembers what each group of batches brought,
/// and drops the oldest that a checkpoint covers. Belongs to the committer.
public final class TailMemory {
    /// What an event takes besides its bytes.
    private static final int OVERHEAD = 100;

    private final long limit;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final Queue<StreamLog> settled = new ConcurrentLinkedQueue<>();
    private long bytes;
    private volatile long arrived;
    private volatile long covered;
    private volatile long coveredLsn;

    public TailMemory(long limit) {
        this.limit = limit;
    }

    /// What one group brought to a stream: the events from `from` to `to`.
    public record Part(StreamLog stream, long from, long to) {}

    private record Arrival(long lsn, long bytes, List<Part> parts) {}

    /// Bytes that came since what the last checkpoint covers.
    public long unflushed() {
        return arrived - covered;
    }

    /// Bytes that ever came; [#covered] takes it back.
    public long arrived() {
        return arrived;
    }

    /// A checkpoint covers all that had come when [#arrived] was `mark`, and the records up to `lsn`.
    public void covered(long mark, long lsn) {
        covered = mark;
        coveredLsn = lsn;
    }

    /// A stream whose events had been in memory for longer than others is flushed now. Any thread.
    public void settled(StreamLog stream) {
        settled.add(stream);
    }

    public void add(long lsn, long arrayBytes, List<Part> parts) {
        long size = arrayBytes;
        long arrivedBefore = arrived;
        for (Part part : parts) {
            size += OVERHEAD * (part.to - part.from);
        }
        arrivals.add(new Arrival(lsn, size, parts));
        bytes += size;
        arrived = arrivedBefore + size;
    }

    /// Drops until the limit is kept, or the oldest is newer than the last checkpoint.
    public void trim() {
        for (StreamLog stream = settled.poll(); stream != null; stream = settled.poll()) {
            stream.tail().dropBefore(stream.flushed());
        }
        long lsn = coveredLsn;
        while (bytes > limit && !arrivals.isEmpty() && arrivals.element().lsn <= lsn) {
            Arrival oldest = arrivals.remove();
            bytes -= oldest.bytes;
            oldest.parts.forEach(TailMemory::drop);
        }
    }

    private static void drop(Part part) {
        StreamLog stream = part.stream;
        Tail tail = stream.tail();
        tail.dropBefore(Math.min(part.to, stream.flushed()));
        for (long at = Math.max(part.from, tail.start()); at < part.to; at++) {
            StoredEvent event = tail.get(at);
            if (event != null) {
                tail.replace(alone(event));
            }
        }
    }

    /// The same event in an array of its own: it stays in memory for long, and must not keep its whole group there.
    private static StoredEvent alone(StoredEvent event) {
        byte[] array = event.json().array();
        int from = EntryFormat.startOf(event);
        int to = EntryFormat.endOf(array, from);
        return to - from == array.length
                ? event
                : EntryFormat.read(Arrays.copyOfRange(array, from, to), 0, event.type());
    }
}
