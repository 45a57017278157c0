package dev.tidings.client.publishing;

import dev.tidings.wire.Problem;
import dev.tidings.wire.Receipt;
import java.time.Duration;

/// What became of a request to publish.
public sealed interface Outcome {
    /// All of it is durable.
    record Accepted(Receipt receipt) implements Outcome {}

    /// The same request will never be taken. Nothing of it was stored.
    record Refused(Problem problem) implements Outcome {}

    /// The same request may be taken later; whether it was stored is not known.
    ///
    /// @param retryAfter how long the broker asks to wait; zero: it says nothing
    record Unavailable(String why, Duration retryAfter) implements Outcome {}
}
