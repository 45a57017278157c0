package dev.tidings.broker.dead;

import java.time.Instant;

/// A dead event that is neither resubmitted nor discarded nor confirmed.
///
/// @param since when its report was stored
public record DeadEvent(DeadId id, Instant since, DeadEnvelope envelope) {}
