package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.Bytes;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that can be seen of a store after a [History].
record Observed(
        Map<StreamName, Held> streams,
        Map<GroupName, Map<Partition, Cursor>> cursors,
        SortedMap<String, Bytes> states) {
    /// What a stream holds.
    record Held(Extent extent, List<StoredEvent> events) {}

    static Observed of(Engine engine) {
        Map<StreamName, Held> streams = new TreeMap<>();
        for (StreamName stream : History.STREAMS) {
            Partition partition = Partition.only(stream);
            List<StoredEvent> events = new Reading(engine, partition, TypeSelection.ALL).all();
            streams.put(stream, new Held(engine.log().extent(partition), events));
        }
        Map<GroupName, Map<Partition, Cursor>> cursors = new TreeMap<>();
        for (GroupName group : engine.groups().known()) {
            cursors.put(group, engine.groups().cursors(group));
        }
        return new Observed(streams, cursors, engine.states().rows("t"));
    }

    /// What is wrong with this, if that is right. More events may be left than must be.
    Optional<String> differenceFrom(Observed right) {
        for (StreamName stream : right.streams.keySet()) {
            Optional<String> difference = difference(held(stream), right.held(stream));
            if (difference.isPresent()) {
                return Optional.of(stream + ": " + difference.get());
            }
        }
        if (!cursors.equals(right.cursors)) {
            return Optional.of("cursors " + cursors + " instead of " + right.cursors);
        }
        if (!states.equals(right.states)) {
            return Optional.of("states of " + states.keySet() + " instead of " + right.states.keySet());
        }
        return Optional.empty();
    }

    private Held held(StreamName stream) {
        return streams.getOrDefault(stream, new Held(Extent.EMPTY, List.of()));
    }

    private static Optional<String> difference(Held found, Held right) {
        long first = right.extent.first();
        if (found.extent.next() != right.extent.next() || found.extent.first() > first) {
            return Optional.of("holds " + found.extent + " instead of " + right.extent);
        }
        List<StoredEvent> kept =
                found.events.stream().filter(event -> event.position() >= first).toList();
        for (int i = 0; i < right.events.size(); i++) {
            if (i >= kept.size() || !kept.get(i).equals(right.events.get(i))) {
                return Optional.of("at %d, %s instead of %s"
                        .formatted(first + i, i < kept.size() ? kept.get(i) : "nothing", right.events.get(i)));
            }
        }
        return kept.size() > right.events.size() ? Optional.of("events that nobody stored") : Optional.empty();
    }
}
