package dev.tidings.engine.segmented.format;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import java.util.HashMap;
import java.util.Map;

/// A cursor as bytes: its floor, its ranges as differences, its attempts.
final class CursorFormat {
    private CursorFormat() {}

    static void write(Writer out, Cursor cursor) {
        out.putVar(cursor.floor());
        Ranges settled = cursor.settled();
        out.putVar(settled.size());
        long last = 0;
        for (int i = 0; i < settled.size(); i++) {
            out.putVar(settled.from(i) - last);
            out.putVar(settled.to(i) - settled.from(i));
            last = settled.to(i);
        }
        out.putVar(cursor.attempts().size());
        cursor.attempts().forEach((position, attempts) -> {
            out.putVar(position);
            out.putVar(attempts);
        });
    }

    static Cursor read(Reader in) {
        long floor = in.readVar();
        long[] bounds = new long[Math.multiplyExact(2, bounded(in))];
        long last = 0;
        for (int i = 0; i < bounds.length; i++) {
            last += in.readVar();
            bounds[i] = last;
        }
        int tried = bounded(in);
        Map<Long, Integer> attempts = HashMap.newHashMap(tried);
        for (int i = 0; i < tried; i++) {
            attempts.put(in.readVar(), in.readSize());
        }
        return new Cursor(floor, Ranges.ofBounds(bounds), attempts);
    }

    private static int bounded(Reader in) {
        int count = in.readSize();
        in.require(count);
        return count;
    }

    static int sizeAtMost(Cursor cursor) {
        return 30 + 20 * cursor.settled().size() + 15 * cursor.attempts().size();
    }
}
