package dev.tidings.broker.dispatch;

import dev.tidings.engine.Ranges;

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
        int lower = joinsLower ? before - 1 : before;
        int upper = joinsUpper ? before + 1 : before;
        long[] bounds = new long[2 * (lower + 1 + ranges.size() - upper)];
        for (int i = 0; i < lower; i++) {
            put(bounds, i, ranges, i);
        }
        bounds[2 * lower] = joinsLower ? ranges.from(lower) : position;
        bounds[2 * lower + 1] = joinsUpper ? ranges.to(before) : position + 1;
        for (int i = upper; i < ranges.size(); i++) {
            put(bounds, lower + 1 + i - upper, ranges, i);
        }
        return Ranges.ofBounds(bounds);
    }

    /// Puts a range where the n-th of the bounds stands.
    private static void put(long[] bounds, int n, Ranges ranges, int range) {
        bounds[2 * n] = ranges.from(range);
        bounds[2 * n + 1] = ranges.to(range);
    }
}
