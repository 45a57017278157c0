package dev.tidings.client.streams;

import io.cloudevents.CloudEvent;
import java.util.List;

/// What was read at once.
///
/// @param events       in order; each has its own position as the extension [#POSITION]
/// @param next         the position at which to go on: behind the last event, and what was passed over since
/// @param atEnd        whether there was no more then
/// @param earliest     the position before the oldest event of the stream
/// @param latest       the position behind its newest
/// @param filterFailed of how many events the filter could not say whether they match; they are left out
public record StreamBatch(
        List<CloudEvent> events, String next, boolean atEnd, String earliest, String latest, long filterFailed) {
    /// The name of the extension attribute that says where an event is: read [Reading#after] it to go on behind it.
    public static final String POSITION = "streamposition";

    /// Keeps what it is given.
    public StreamBatch {
        events = List.copyOf(events);
    }
}
