package dev.tidings.client.streams;

import java.util.List;

/// A stream that may be read, as it was when that was asked.
///
/// @param stream                 its name
/// @param types                  those of its types that may be read
/// @param earliest               the position before its oldest event
/// @param latest                 the position behind its newest
/// @param positions              how many events are between, of all types
/// @param perSecondLastMinute    how many events come in a second, about
/// @param perSecondLastTenMinutes the same over a longer time
public record StreamInfo(
        String stream,
        List<String> types,
        String earliest,
        String latest,
        long positions,
        double perSecondLastMinute,
        double perSecondLastTenMinutes) {
    /// Keeps what it is given.
    public StreamInfo {
        types = List.copyOf(types);
    }
}
