package dev.tidings.engine;

import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;

/// An event as a reader finds it.
///
/// @param position       its place in the partition
/// @param acceptedMillis when it was stored, milliseconds since the epoch; never falls from one position to the next
/// @param type           its type
/// @param keyHash        the [dev.tidings.model.KeyHash] of its partition key
/// @param timed          whether its JSON has a `time`
/// @param json           the event as JSON, as it was appended
public record StoredEvent(long position, long acceptedMillis, EventType type, long keyHash, boolean timed, Bytes json) {
    /// The same with bytes of its own, for who holds on to it: as it was read, it keeps all that was read with it.
    public StoredEvent compact() {
        return new StoredEvent(position, acceptedMillis, type, keyHash, timed, json.compact());
    }
}
