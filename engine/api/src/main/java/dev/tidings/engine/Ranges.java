package dev.tidings.engine;

import java.util.Arrays;

/// A set of positions as ascending, disjoint, non-adjacent half-open ranges: `[from0, to0, from1, to1, …]`.
public final class Ranges {
    public static final Ranges NONE = new Ranges(new long[0]);

    private final long[] bounds;

    private Ranges(long[] bounds) {
        this.bounds = bounds;
    }

    /// The ranges with these bounds, `[from0, to0, from1, to1, …]`, strictly ascending.
    public static Ranges ofBounds(long... bounds) {
        if (bounds.length % 2 != 0) {
            throw new IllegalArgumentException("bounds come in pairs, found " + bounds.length);
        }
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i - 1] >= bounds[i]) {
                throw new IllegalArgumentException("bounds ascend, found " + bounds[i - 1] + " before " + bounds[i]);
            }
        }
        return bounds.length == 0 ? NONE : new Ranges(bounds.clone());
    }

    /// How many ranges.
    public int size() {
        return bounds.length / 2;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public long from(int range) {
        return bounds[2 * range];
    }

    public long to(int range) {
        return bounds[2 * range + 1];
    }

    public boolean contains(long position) {
        int at = Arrays.binarySearch(bounds, position);
        return at >= 0 ? at % 2 == 0 : (-at - 1) % 2 == 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append('[')
                    .append(from(i))
                    .append(", ")
                    .append(to(i))
                    .append(')');
        }
        return text.append('}').toString();
    }
}
