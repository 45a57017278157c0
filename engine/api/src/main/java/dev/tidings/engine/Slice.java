package dev.tidings.engine;

import java.util.List;

/// What one read found.
///
/// @param events the events found, in order
/// @param next   where to read on; everything selected between the read's `from` and here is in [#events]
/// @param end    the partition's end at the time of the read; where [#next] equals it, the reader is at the tail
public record Slice(List<StoredEvent> events, long next, long end) {
    public boolean atEnd() {
        return next >= end;
    }
}
