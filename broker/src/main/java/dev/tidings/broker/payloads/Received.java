package dev.tidings.broker.payloads;

import dev.tidings.model.Refusal;

/// What became of a body that was received.
public sealed interface Received {
    /// The payload is complete and durable.
    record Complete(Payload payload) implements Received {}

    /// So much of it is durable; the rest may follow.
    record Partial(Upload upload) implements Received {}

    record Refused(Refusal refusal) implements Received {}
}
