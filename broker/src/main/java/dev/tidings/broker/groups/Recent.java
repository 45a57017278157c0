package dev.tidings.broker.groups;

import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was read of a partition lately and may be wanted again, because some of it waits for an instance that holds
/// its key. Bounded by [ReadMemory], of which one partition may take a quarter; the oldest goes first, and would be
/// read from disk again.
final class Recent {
    private static final int SHARES = 4;

    private final ReadMemory memory;
    private final long most;
    private final List<Kept> kept = new ArrayList<>();
    private long bytes;

    /// Events in order of position, and the memory that they hold on to.
    private record Kept(List<StoredEvent> events, long bytes) {
        boolean reachesTo(long position) {
            return events.getLast().position() >= position;
        }
    }

    Recent(ReadMemory memory) {
        this.memory = memory;
        this.most = memory.limit() / SHARES;
    }

    /// Keeps a slice that lies behind all those kept so far.
    void keep(Slice slice) {
        if (slice.events().isEmpty()) {
            return;
        }
        long size = size(slice.events());
        while (!kept.isEmpty() && bytes + size > most) {
            dropOldest();
        }
        while (size <= most && !memory.take(size)) {
            if (kept.isEmpty()) {
                return;
            }
            dropOldest();
        }
        if (size <= most) {
            kept.add(new Kept(slice.events(), size));
            bytes += size;
        }
    }

    @Nullable
    StoredEvent find(long position) {
        int low = 0;
        int high = kept.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (kept.get(middle).reachesTo(position)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == kept.size() ? null : Slices.find(kept.get(low).events(), position);
    }

    void clear() {
        if (!kept.isEmpty()) {
            memory.give(bytes);
            bytes = 0;
            kept.clear();
        }
    }

    private void dropOldest() {
        long dropped = kept.removeFirst().bytes();
        bytes -= dropped;
        memory.give(dropped);
    }

    /// Events that lie side by side share their arrays, which are kept whole.
    private static long size(List<StoredEvent> events) {
        long size = 0;
        byte[] counted = null;
        for (StoredEvent event : events) {
            byte[] array = event.json().array();
            if (array != counted) {
                counted = array;
                size += array.length;
            }
        }
        return size;
    }
}
