package dev.tidings.broker.payloads;

import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.time.Instant;

/// A payload that is complete and durable.
///
/// @param about     whose it is, and what
/// @param size      its bytes
/// @param sha256    of them, 64 lower-case hexadecimal digits
/// @param stored    since when it is complete
/// @param holds     what keeps it
public record Payload(PayloadId id, About about, long size, String sha256, Instant stored, Holds holds) {
    /// What its client says of a payload.
    ///
    /// @param client      who stored it
    /// @param type        the type of the events that may refer to it
    /// @param contentType its media type
    public record About(ClientName client, EventType type, String contentType) {}

    Payload with(Holds newHolds) {
        return new Payload(id, about, size, sha256, stored, newHolds);
    }
}
