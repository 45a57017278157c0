package dev.tidings.engine.segmented.state;

import dev.tidings.engine.StoredEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The newest events of a stream, in memory: a ring of slots by position. The committer puts events in, publishes
/// them once they are durable and drops the oldest; any thread reads without a lock. A reader that finds
/// another event or none in a slot has been overtaken by a drop, and reads from the segments instead.
public final class Tail {
    private static final int SMALLEST = 8;
    private static final int SHRINK_ABOVE = 1024;

    private volatile @Nullable StoredEvent[] slots = new @Nullable StoredEvent[SMALLEST];
    private volatile long start;
    private volatile long end;
    private long next;

    public Tail(long at) {
        start = at;
        end = at;
        next = at;
    }

    /// The position after the last durable event.
    public long end() {
        return end;
    }

    /// The first position that may be in memory.
    public long start() {
        return start;
    }

    /// The position the next event gets. For the committer.
    public long next() {
        return next;
    }

    public void put(StoredEvent event) {
        @Nullable StoredEvent[] ring = slots;
        if (next - start >= ring.length) {
            ring = resized(ring.length * 2);
            slots = ring;
        }
        ring[(int) next & ring.length - 1] = event;
        next++;
    }

    /// What was put is durable.
    public void publish() {
        end = next;
    }

    /// The event at a position, durable or not, where it is in memory.
    public @Nullable StoredEvent get(long position) {
        @Nullable StoredEvent[] ring = slots;
        StoredEvent event = ring[(int) position & ring.length - 1];
        return event == null || event.position() != position ? null : event;
    }

    /// Puts an equal event into a slot.
    public void replace(StoredEvent event) {
        @Nullable StoredEvent[] ring = slots;
        ring[(int) event.position() & ring.length - 1] = event;
    }

    public void dropBefore(long position) {
        @Nullable StoredEvent[] ring = slots;
        long from = start;
        long to = Math.min(position, end);
        if (to <= from) {
            return;
        }
        start = to;
        if (to == next && ring.length > SHRINK_ABOVE) {
            slots = new @Nullable StoredEvent[SMALLEST];
            return;
        }
        for (long at = from; at < to; at++) {
            ring[(int) at & ring.length - 1] = null;
        }
    }

    private @Nullable StoredEvent[] resized(int length) {
        @Nullable StoredEvent[] old = slots;
        @Nullable StoredEvent[] ring = Arrays.copyOf(new @Nullable StoredEvent[0], length);
        for (long at = start; at < next; at++) {
            ring[(int) at & length - 1] = old[(int) at & old.length - 1];
        }
        return ring;
    }
}
