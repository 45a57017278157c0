package dev.tidings.broker.dead;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where somebody lists, shows, sends again and discards the dead events that are his to see. May be used by any
/// thread; never blocks it. Stages complete exceptionally with [dev.tidings.engine.Unavailable] where the store
/// cannot do it. What retention has removed is not there any more.
public interface DeadDesk {
    /// A page of the dead events that the filter means.
    ///
    /// @param from  where the last page said to go on; null: from the first
    /// @param limit how many events are enough; at least 1, and never more than configured
    CompletionStage<DeadPage> list(DeadFilter filter, @Nullable DeadId from, int limit);

    /// One dead event; nothing where it never was, is settled, or was removed by retention.
    CompletionStage<Optional<DeadEvent>> find(DeadId id);

    /// Sends a dead event again, mended or as it is, and settles it: both or nothing.
    CompletionStage<DeadOutcome> resubmit(DeadId id, Resubmission resubmission);

    /// Settles a dead event, and does nothing else about it.
    CompletionStage<DeadOutcome> discard(DeadId id);
}
