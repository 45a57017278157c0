package dev.tidings.model;

/// One event on its way to a reader of its stream.
///
/// @param position       the text that stands for the place behind it
/// @param type           its type
/// @param acceptedMillis when the broker accepted it, milliseconds since the epoch; its `time` where `timed` is false
/// @param timed          whether its JSON has a `time`
/// @param json           the event as JSON, as it is stored
public record StreamedEvent(String position, EventType type, long acceptedMillis, boolean timed, Bytes json) {}
