package dev.tidings.wire;

import dev.tidings.model.Refusal;
import dev.tidings.model.ReportedEvent;

/// What the report of a dead event turned out to be.
public sealed interface Reported {
    record Report(ReportedEvent event) implements Reported {}

    /// It could not be parsed (400).
    record Refused(Refusal refusal) implements Reported {}
}
