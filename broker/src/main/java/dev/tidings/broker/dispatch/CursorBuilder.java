package dev.tidings.broker.dispatch;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import java.util.Arrays;
import java.util.Map;

/// Writes a cursor from what is *not* settled: everything read that is not outstanding is settled.
final class CursorBuilder {
    private static final long NONE = -1;

    private long[] bounds = new long[16];
    private int size;
    private long floor = NONE;
    private long last;

    /// The next unsettled position, in ascending order.
    void outstanding(long position) {
        if (floor == NONE) {
            floor = position;
        } else if (position > last + 1) {
            settled(last + 1, position);
        }
        last = position;
    }

    /// @param readTo   the position up to which everything was read
    /// @param ahead    what is settled though it was not read yet; what lies below `readTo` does not matter
    /// @param attempts of unsettled positions
    Cursor build(long readTo, Ranges ahead, Map<Long, Integer> attempts) {
        if (floor == NONE) {
            floor = readTo;
        } else if (last + 1 < readTo) {
            settled(last + 1, readTo);
        }
        for (int i = 0; i < ahead.size(); i++) {
            if (ahead.to(i) > readTo) {
                settled(Math.max(ahead.from(i), readTo), ahead.to(i));
            }
        }
        return new Cursor(floor, Ranges.ofBounds(Arrays.copyOf(bounds, size)), attempts);
    }

    private void settled(long from, long to) {
        if (size == 0 && from == floor) {
            floor = to;
        } else if (size > 0 && bounds[size - 1] == from) {
            bounds[size - 1] = to;
        } else {
            append(from, to);
        }
    }

    private void append(long from, long to) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
        }
        bounds[size++] = from;
        bounds[size++] = to;
    }
}
