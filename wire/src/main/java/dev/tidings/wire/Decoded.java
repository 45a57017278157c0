package dev.tidings.wire;

import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;

/// What a request's body turned out to be.
public sealed interface Decoded {
    /// It could be parsed; what is wrong with single events stands in the submission's flaws.
    record Parsed(Submission submission) implements Decoded {}

    /// It could not be parsed (400), or an event in it is too large (413).
    record Refused(Refusal refusal) implements Decoded {}
}
