package dev.tidings.sim.truth;

import dev.tidings.engine.StoredEvent;
import dev.tidings.model.EventType;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What is known of a stream: what ever stood where.
final class StreamTruth {
    final TreeMap<Long, Stored> events = new TreeMap<>();
    private final Map<String, TreeMap<Long, Stored>> byKey = new HashMap<>();
    /// Whether something was removed that nobody had seen.
    boolean blind;
    /// Everything below was removed.
    long first;

    /// An event at its place.
    record Stored(long position, long millis, EventType type, String id) {
        static Stored of(StoredEvent event, String id) {
            return new Stored(event.position(), event.acceptedMillis(), event.type(), id);
        }
    }

    void add(Stored stored, String key) {
        events.put(stored.position, stored);
        if (!key.isEmpty()) {
            byKey.computeIfAbsent(key, _ -> new TreeMap<>()).put(stored.position, stored);
        }
    }

    /// The events of a key below a position, the newest first.
    Iterable<Stored> before(String key, long position) {
        return byKey.getOrDefault(key, new TreeMap<>())
                .headMap(position, false)
                .descendingMap()
                .values();
    }
}
