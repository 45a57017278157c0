package dev.tidings.engine.segmented.reading;

import java.util.LinkedHashMap;
import java.util.Map;

/// Bounds what all readers together keep of what they read from disk: the one that read least recently gives it up
/// first, and would read it again.
public final class Leases {
    private final int limit;
    private final Map<StreamReader, Boolean> holders = new LinkedHashMap<>(16, 0.75f, true);

    /// @param limit so many readers may keep something, about 160 KiB each
    public Leases(int limit) {
        this.limit = limit;
    }

    synchronized void take(StreamReader reader) {
        holders.put(reader, true);
        if (holders.size() > limit) {
            StreamReader eldest = holders.keySet().iterator().next();
            holders.remove(eldest);
            eldest.giveUp();
        }
    }

    synchronized void end(StreamReader reader) {
        holders.remove(reader);
        reader.giveUp();
    }
}
