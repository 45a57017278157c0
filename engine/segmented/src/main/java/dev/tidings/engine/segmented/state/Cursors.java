package dev.tidings.engine.segmented.state;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.model.GroupName;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The durable cursors of all groups.
public final class Cursors {
    private final Map<GroupName, Map<Partition, Cursor>> byGroup = new ConcurrentHashMap<>();

    public void set(GroupName group, Partition partition, Cursor cursor) {
        byGroup.computeIfAbsent(group, _ -> new ConcurrentHashMap<>()).put(partition, cursor);
    }

    public void forget(GroupName group) {
        byGroup.remove(group);
    }

    public Map<Partition, Cursor> of(GroupName group) {
        return Map.copyOf(byGroup.getOrDefault(group, Map.of()));
    }

    public Collection<GroupName> groups() {
        return List.copyOf(byGroup.keySet());
    }

    /// The lowest floor of the groups that have a cursor in a partition; the greatest number where none has.
    public long lowestFloor(Partition partition) {
        long lowest = Long.MAX_VALUE;
        for (Map<Partition, Cursor> cursors : byGroup.values()) {
            Cursor cursor = cursors.get(partition);
            lowest = cursor == null ? lowest : Math.min(lowest, cursor.floor());
        }
        return lowest;
    }

    public void visit(Visitor visitor) throws IOException {
        for (var ofGroup : byGroup.entrySet()) {
            for (var cursor : ofGroup.getValue().entrySet()) {
                visitor.visit(ofGroup.getKey(), cursor.getKey(), cursor.getValue());
            }
        }
    }

    /// Sees each cursor.
    @FunctionalInterface
    public interface Visitor {
        void visit(GroupName group, Partition partition, Cursor cursor) throws IOException;
    }
}
