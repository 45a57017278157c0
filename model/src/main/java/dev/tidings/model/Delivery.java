package dev.tidings.model;

/// One event on its way to one consumer instance.
///
/// @param offset         the instance's own number for it: 1, 2, 3, …; [#NO_OFFSET] where it goes out without one
/// @param lane           whether it is a standard, a test or a dead event
/// @param acceptedMillis when the broker accepted it, milliseconds since the epoch; its `time` where `timed` is false
/// @param timed          whether its JSON has a `time`
/// @param json           the event as JSON, without `offset`
/// @param attempts       how many deliveries of it to its group ended unconfirmed before
/// @param partition      which of its group's partitions it comes from
/// @param keyHash        the [KeyHash] of the key by which it is in order within that; [KeyHash#NONE]: it is with none
public record Delivery(
        long offset,
        Lane lane,
        long acceptedMillis,
        boolean timed,
        Bytes json,
        int attempts,
        int partition,
        long keyHash) {
    public static final long NO_OFFSET = 0;

    /// Of an event that is delivered for the first time, and is in order with none.
    public Delivery(long offset, Lane lane, long acceptedMillis, boolean timed, Bytes json) {
        this(offset, lane, acceptedMillis, timed, json, 0, 0, KeyHash.NONE);
    }
}
