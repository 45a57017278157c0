package dev.tidings.broker.payloads;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.engine.Batch;
import dev.tidings.model.Refusal;
import java.util.List;

/// Asks, before events are stored, whether the payloads of ours that they refer to are there, and keeps these until
/// the events keep them. May be used by any thread; never blocks it.
@FunctionalInterface
public interface PayloadClaims {
    /// Of a broker without payloads: no reference is ours.
    PayloadClaims NONE = (_, _) -> Claim.NOTHING;

    Claim claim(ClientEntry client, List<Batch.Entry> entries);

    /// What came of asking.
    sealed interface Claim {
        Claim NOTHING = new Held(() -> {});

        /// All are there.
        ///
        /// @param release to be run once the events are stored, or will not be
        record Held(Runnable release) implements Claim {}

        /// Nothing is kept.
        record Refused(Refusal refusal) implements Claim {}
    }
}
