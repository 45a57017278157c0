package dev.tidings.broker.streams;

import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.util.List;

/// How a stream is that a client may read.
///
/// @param types     which of its types the client is granted
/// @param bounds    what it holds
/// @param positions how many positions lie between: events of all types, granted or not
/// @param rates     how fast it grows
public record StreamStatus(
        StreamName stream, List<EventType> types, StreamBatch.Bounds bounds, long positions, AppendRates.Rates rates) {
    public StreamStatus {
        types = List.copyOf(types);
    }
}
