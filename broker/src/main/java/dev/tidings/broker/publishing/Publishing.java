package dev.tidings.broker.publishing;

import dev.tidings.model.Caller;
import dev.tidings.model.Submission;
import java.util.concurrent.CompletionStage;

/// Takes events in. May be called by any thread; never blocks it.
public interface Publishing {
    /// Judges the submission in the order of the protocol (caller, attributes, types and sources, schemas), then
    /// stores it whole or not at all. Completes when all of it is durable, or refused with every reason of the
    /// first class of failure found; exceptionally with [dev.tidings.engine.Unavailable].
    CompletionStage<Published> publish(Caller caller, Submission submission);

    /// Stores one test event for the caller's own instances, checked as a produced event of a type it may
    /// consume.
    CompletionStage<Published> publishTest(Caller caller, Submission submission);
}
