package dev.tidings.broker.streams;

import dev.tidings.model.Refusal;
import dev.tidings.model.StreamedEvent;
import java.util.List;

/// What a reader found.
public sealed interface StreamBatch {
    /// @param place        where the reader is now
    /// @param filterFailed of how many events the filter could not say whether they match it: they count as if not
    record Events(List<StreamedEvent> events, Place place, int filterFailed) implements StreamBatch {
        public Events {
            events = List.copyOf(events);
        }
    }

    /// @param next   the position behind the last of the events, and behind what was passed over since
    /// @param atEnd  whether there was nothing behind it
    /// @param bounds what the stream holds now
    record Place(String next, boolean atEnd, Bounds bounds) {}

    /// The reader has come to its end: what it would read is gone, or no longer its own, or the broker shuts down.
    record Ended(Refusal refusal) implements StreamBatch {}

    /// @param earliest the position before the oldest event that is kept
    /// @param latest   the position behind the newest
    record Bounds(String earliest, String latest) {}
}
