package dev.tidings.engine;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.List;

/// What happens together or not at all.
///
/// @param forgotten groups whose cursors go, all of them, behind the moves of this batch. Nobody may be a member of
///                  such a group: that fails the batch
public record Batch(
        List<Entry> entries, List<CursorMove> cursors, List<StateChange> states, List<GroupName> forgotten) {
    public Batch {
        entries = List.copyOf(entries);
        cursors = List.copyOf(cursors);
        states = List.copyOf(states);
        forgotten = List.copyOf(forgotten);
    }

    public Batch(List<Entry> entries, List<CursorMove> cursors, List<StateChange> states) {
        this(entries, cursors, states, List.of());
    }

    public static Batch ofEntries(List<Entry> entries) {
        return new Batch(entries, List.of(), List.of());
    }

    public static Batch ofCursors(List<CursorMove> cursors) {
        return new Batch(List.of(), cursors, List.of());
    }

    public static Batch ofStates(List<StateChange> states) {
        return new Batch(List.of(), List.of(), states);
    }

    /// Forgets the cursors of a group together with these changes.
    public static Batch ofForgotten(GroupName group, List<StateChange> states) {
        return new Batch(List.of(), List.of(), states, List.of(group));
    }

    /// An event to store. Its [Event#json] must not change any more.
    ///
    /// @param stream        where it belongs; for a lane's stream another one than its type's
    /// @param deduplication how long its source and id are remembered; zero: it is never a duplicate
    public record Entry(StreamName stream, Event event, Duration deduplication) {}

    /// The whole cursor of a group in a partition, as it is to be from now on. The group's member that holds the
    /// partition moves it; anybody else's move fails the batch.
    public record CursorMove(GroupName group, Partition partition, Cursor cursor) {}

    /// A change of one row of a [StateTables] table.
    public sealed interface StateChange {
        String table();

        String key();

        record Put(String table, String key, Bytes value) implements StateChange {}

        record Remove(String table, String key) implements StateChange {}
    }
}
