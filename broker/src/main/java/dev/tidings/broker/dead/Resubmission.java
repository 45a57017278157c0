package dev.tidings.broker.dead;

import dev.tidings.model.Submission;

/// How a dead event is sent again.
public record Resubmission(Content content, Target target) {
    /// What is sent.
    public sealed interface Content {
        /// What had been delivered; the report where that is not known.
        record Original() implements Content {}

        /// What was reported.
        record Reported() implements Content {}

        /// One event, edited.
        record Edited(Submission submission) implements Content {}
    }

    /// Who gets it.
    public enum Target {
        /// Everybody who reads its stream.
        STREAM,
        /// Only the group that reported it.
        GROUP
    }
}
