package dev.tidings.broker.streams;

import java.time.Instant;

/// Where a reader begins.
public sealed interface StreamStart {
    /// At the oldest event that is kept.
    record Earliest() implements StreamStart {}

    /// Behind the newest event.
    record Latest() implements StreamStart {}

    /// At the first event accepted at this time or later.
    record Since(Instant time) implements StreamStart {}

    /// At a position that a reader was told before.
    ///
    /// @param position the text of a [StreamPosition]
    record After(String position) implements StreamStart {}
}
