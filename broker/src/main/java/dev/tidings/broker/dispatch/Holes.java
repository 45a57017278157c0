package dev.tidings.broker.dispatch;

import dev.tidings.engine.Ranges;
import java.util.Arrays;

/// Settled positions above a floor, one more at a time.
final class Holes {
    private Holes() {}

    /// The ranges with one more position, which is not in them.
    static Ranges add(Ranges ranges, long position) {
        int before = 0;
        while (before < ranges.size() && ranges.to(before) <= position) {
            before++;
        }
        boolean joinsLower = before > 0 && ranges.to(before - 1) == position;
        boolean joinsUpper = before < ranges.size() && ranges.from(before) == position + 1;
        long[] bounds = new long[2 * ranges.size() + 2];
        int size = copy(ranges, 0, joinsLower ? before - 1 : before, bounds, 0);
        bounds[size++] = joinsLower ? ranges.from(before - 1) : position;
        bounds[size++] = joinsUpper ? ranges.to(before) : position + 1;
        size = copy(ranges, joinsUpper ? before + 1 : before, ranges.size(), bounds, size);
        return Ranges.ofBounds(Arrays.copyOf(bounds, size));
    }

    private static int copy(Ranges ranges, int from, int to, long[] bounds, int at) {
        int size = at;
        for (int i = from; i < to; i++) {
            bounds[size++] = ranges.from(i);
            bounds[size++] = ranges.to(i);
        }
        return size;
    }
}
