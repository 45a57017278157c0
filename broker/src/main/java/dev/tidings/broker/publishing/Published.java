package dev.tidings.broker.publishing;

import dev.tidings.model.Refusal;

/// The answer to a submission.
public sealed interface Published {
    /// Durable.
    ///
    /// @param accepted   how many events the request held, duplicates among them
    /// @param duplicates how many of them had been stored before
    record Accepted(int accepted, int duplicates) implements Published {}

    /// Nothing was stored.
    record Refused(Refusal refusal) implements Published {}
}
