package dev.tidings.filter.cel;

import dev.tidings.model.Bytes;

/// The payload of an event.
public sealed interface Payload {
    record None() implements Payload {}

    /// The text of a JSON value; whether it is one shows when it is read.
    record Json(Bytes text) implements Payload {}

    record Text(String text) implements Payload {}

    record Binary(Bytes bytes) implements Payload {}
}
