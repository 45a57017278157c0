package dev.tidings.engine;

import java.util.concurrent.CompletionStage;

/// Reads the events of one partition that are durable and of the selected types. Not thread-safe, and one read at
/// a time: the next may begin when the stage of the last has completed.
public interface EventReader extends AutoCloseable {
    /// Reads the selected events from `from` (inclusive) on, in order: at least one where there is one, and no
    /// more once `maxBytes` of JSON are reached. A `from` below the extent reads from the extent's first.
    /// Completes at once on the calling thread where the events are in memory, otherwise on a thread of the
    /// engine's; exceptionally with [Corrupt] where the bytes disagree with their checksum.
    CompletionStage<Slice> read(long from, int maxBytes);

    /// The same, but it looks through no more than about `maxScanned` bytes of what is stored, and tells how
    /// far it came: there may be fewer events than there is room for, or none, though there are more. For those
    /// who are in no hurry, and share the engine's threads with others.
    CompletionStage<Slice> search(long from, int maxBytes, int maxScanned);

    @Override
    void close();
}
