package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What a run of events holds: the time of its first and last, and by type number how many, how many bytes of
/// JSON, and the newest.
public record Summary(long firstMillis, long lastMillis, Map<Integer, OfType> types) {
    public static final Summary EMPTY = new Summary(Long.MAX_VALUE, Long.MIN_VALUE, Map.of());

    public Summary {
        types = Map.copyOf(types);
    }

    /// @param newest when the newest was accepted, in milliseconds
    public record OfType(long count, long bytes, long newest) {}

    /// Whether it speaks only of types with numbers below `known`.
    public boolean within(int known) {
        return types.keySet().stream().allMatch(type -> type < known);
    }

    public void write(Writer out) {
        out.putLong(firstMillis);
        out.putLong(lastMillis);
        out.putVar(types.size());
        types.forEach((type, of) -> {
            out.putVar(type);
            out.putVar(of.count);
            out.putVar(of.bytes);
            out.putVar(of.newest);
        });
    }

    public static Summary read(Reader in) {
        long first = in.readLong();
        long last = in.readLong();
        int count = in.readSize();
        Map<Integer, OfType> types = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            types.put(in.readSize(), new OfType(in.readVar(), in.readVar(), in.readVar()));
        }
        return new Summary(first, last, types);
    }

    /// A summary in the making.
    public static final class Tally {
        private static final int COUNT = 0;
        private static final int BYTES = 1;
        private static final int NEWEST = 2;

        /// By type number.
        private long[][] types = {};
        private long first;
        private long last;

        public Tally(Summary start) {
            first = start.firstMillis;
            last = start.lastMillis;
            start.types.forEach((type, of) -> {
                long[] counts = of(type);
                counts[COUNT] = of.count;
                counts[BYTES] = of.bytes;
                counts[NEWEST] = of.newest;
            });
        }

        public void add(int type, long bytes, long millis) {
            first = Math.min(first, millis);
            last = Math.max(last, millis);
            long[] counts = of(type);
            counts[COUNT]++;
            counts[BYTES] += bytes;
            counts[NEWEST] = Math.max(counts[NEWEST], millis);
        }

        private long[] of(int type) {
            int known = types.length;
            if (type >= known) {
                types = Arrays.copyOf(types, Math.max(type + 1, known * 2));
                Arrays.setAll(types, i -> i < known ? types[i] : new long[NEWEST + 1]);
            }
            return types[type];
        }

        public Summary summary() {
            Map<Integer, OfType> result = new TreeMap<>();
            for (int type = 0; type < types.length; type++) {
                long[] of = types[type];
                if (of[COUNT] > 0) {
                    result.put(type, new OfType(of[COUNT], of[BYTES], of[NEWEST]));
                }
            }
            return new Summary(first, last, result);
        }
    }
}
