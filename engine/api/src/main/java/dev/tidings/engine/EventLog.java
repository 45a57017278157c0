package dev.tidings.engine;

import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The ordered, durable log of all events. Streams come into being with their first event.
public interface EventLog {
    /// Stores the batch whole or not at all: its entries, cursor moves and state changes. Completes once it would
    /// survive a power cut. Batches that one thread appends take effect in that order. Entries that are
    /// duplicates (same source and id within the entry's window, in this batch or before it) are not stored
    /// again. Completes exceptionally with [Unavailable], never in another way but for bugs. The completion runs
    /// on a thread of the engine's: it must not block.
    CompletionStage<Appended> append(Batch batch);

    /// A reader of one partition. It belongs to one thread at a time.
    EventReader reader(Partition partition, TypeSelection types);

    /// The streams that hold or held events.
    Collection<StreamName> streams();

    /// The partitions of a stream, whether or not it has events yet.
    Set<Partition> partitions(StreamName stream);

    /// What a partition holds now; an empty extent where it has had no events.
    Extent extent(Partition partition);

    /// The position of the first event accepted at `time` or later, or the extent's next where there is none.
    CompletionStage<Long> positionAt(Partition partition, Instant time);

    /// Calls the listener after each durable append that brought events, on a thread of the engine's: it must not
    /// block.
    void onAppend(AppendListener listener);

    /// How long events are kept, from now on: by type, and for types that the rules do not name, by default. An
    /// engine that was not told since it was opened removes nothing.
    void retain(RetentionRules rules);

    /// Removes what the rules allow to remove; engines also do it by themselves now and then. Returns how long it
    /// took.
    Duration sweep();

    /// Told which partitions have new events.
    @FunctionalInterface
    interface AppendListener {
        /// @param ends for each partition with new durable events, the position after its last
        void appended(Map<Partition, Long> ends);
    }
}
