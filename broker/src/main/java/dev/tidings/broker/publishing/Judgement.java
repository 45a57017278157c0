package dev.tidings.broker.publishing;

import dev.tidings.engine.Batch;
import dev.tidings.model.Refusal;
import java.util.List;

/// What the rules say of a submission.
public sealed interface Judgement {
    /// It may be stored, as these entries.
    record Admitted(List<Batch.Entry> entries) implements Judgement {}

    record Refused(Refusal refusal) implements Judgement {}

    /// It may be stored if its data is valid; which is work enough to be put elsewhere.
    record Unvalidated(Validation validation) implements Judgement {}
}
