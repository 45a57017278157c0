package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Engine;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import java.util.ArrayList;
import java.util.List;

/// A way to read a partition.
record Reading(Engine engine, Partition partition, TypeSelection types) {
    private static final int SLICE = 16 * 1024;

    /// All selected events.
    List<StoredEvent> all() {
        return from(0, SLICE);
    }

    /// All selected events from a position on, in slices.
    List<StoredEvent> from(long from, int maxBytes) {
        List<StoredEvent> events = new ArrayList<>();
        try (EventReader reader = engine.log().reader(partition, types)) {
            Slice slice = Await.result(reader.read(from, maxBytes));
            events.addAll(slice.events());
            while (!slice.atEnd()) {
                long next = slice.next();
                slice = Await.result(reader.read(next, maxBytes));
                if (slice.next() <= next) {
                    throw new AssertionError("a read at %d of %d does not move on".formatted(next, slice.end()));
                }
                events.addAll(slice.events());
            }
        }
        return events;
    }

    /// One slice.
    Slice once(long from, int maxBytes) {
        try (EventReader reader = engine.log().reader(partition, types)) {
            return Await.result(reader.read(from, maxBytes));
        }
    }
}
