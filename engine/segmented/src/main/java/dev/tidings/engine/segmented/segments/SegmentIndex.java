package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import java.util.Arrays;

/// The sparse index of a segment: 32 bytes for each run of neighbouring blocks, a run being about 64 KiB: its
/// first position, its place in the file, the time of its first event, and which types it holds, folded into
/// 64 bits. Immutable.
public final class SegmentIndex {
    public static final SegmentIndex EMPTY = new SegmentIndex(new long[0]);
    public static final int ENTRY_BYTES = 32;
    private static final int FIELDS = 4;
    private static final int FIRST = 0;
    private static final int OFFSET = 1;
    private static final int MILLIS = 2;
    private static final int TYPES = 3;

    private final long[] entries;

    private SegmentIndex(long[] entries) {
        this.entries = entries;
    }

    /// A run of blocks.
    public record Run(long first, long offset, long millis, long types) {}

    public int runs() {
        return entries.length / FIELDS;
    }

    public long first(int run) {
        return entries[run * FIELDS + FIRST];
    }

    public long offset(int run) {
        return entries[run * FIELDS + OFFSET];
    }

    public long millis(int run) {
        return entries[run * FIELDS + MILLIS];
    }

    public long types(int run) {
        return entries[run * FIELDS + TYPES];
    }

    /// Whether these may be the runs of a segment: they begin where it begins, ascend, and lie in its file.
    public boolean fits(Segment segment) {
        if (runs() == 0 || first(0) != segment.first() || offset(0) < SegmentHeader.BYTES) {
            return false;
        }
        int last = runs() - 1;
        for (int run = 0; run < last; run++) {
            if (first(run) >= first(run + 1) || offset(run) >= offset(run + 1)) {
                return false;
            }
        }
        return first(last) < segment.next() && offset(last) < segment.bytes();
    }

    /// The run that holds a position.
    public int runOf(long position) {
        return lastNotAbove(FIRST, position);
    }

    /// The first run that may hold an event accepted at `millis` or later.
    public int runAt(long millis) {
        return lastNotAbove(MILLIS, millis - 1);
    }

    private int lastNotAbove(int field, long value) {
        int low = 0;
        int high = runs() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (entries[middle * FIELDS + field] <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    public void write(Writer out) {
        for (long field : entries) {
            out.putLong(field);
        }
    }

    public static SegmentIndex read(Reader in, int runs) {
        in.require((long) runs * ENTRY_BYTES);
        long[] entries = new long[runs * FIELDS];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = in.readLong();
        }
        return new SegmentIndex(entries);
    }

    /// An index in the making.
    public static final class Growth {
        private long[] entries;
        private int used;

        public Growth(SegmentIndex start) {
            entries = Arrays.copyOf(start.entries, start.entries.length + 16 * FIELDS);
            used = start.entries.length;
        }

        /// Adds a block: to the last run while that is smaller than `runBytes`, else as a run of its own.
        public void add(Run block, long runBytes) {
            if (used > 0 && block.offset - entries[used - FIELDS + OFFSET] < runBytes) {
                entries[used - FIELDS + TYPES] |= block.types;
                return;
            }
            if (used == entries.length) {
                entries = Arrays.copyOf(entries, used * 2);
            }
            entries[used + FIRST] = block.first;
            entries[used + OFFSET] = block.offset;
            entries[used + MILLIS] = block.millis;
            entries[used + TYPES] = block.types;
            used += FIELDS;
        }

        public SegmentIndex index() {
            return new SegmentIndex(Arrays.copyOf(entries, used));
        }
    }
}
