package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
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
        private final Map<Integer, long[]> types = new TreeMap<>();
        private long first;
        private long last;

        public Tally(Summary start) {
            first = start.firstMillis;
            last = start.lastMillis;
            start.types.forEach((type, of) -> types.put(type, new long[] {of.count, of.bytes, of.newest}));
        }

        public void add(int type, long bytes, long millis) {
            first = Math.min(first, millis);
            last = Math.max(last, millis);
            long[] of = types.computeIfAbsent(type, _ -> new long[3]);
            of[0]++;
            of[1] += bytes;
            of[2] = Math.max(of[2], millis);
        }

        public Summary summary() {
            Map<Integer, OfType> result = new TreeMap<>();
            types.forEach((type, of) -> result.put(type, new OfType(of[0], of[1], of[2])));
            return new Summary(first, last, result);
        }
    }
}
