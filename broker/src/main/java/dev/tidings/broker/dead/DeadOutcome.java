package dev.tidings.broker.dead;

import dev.tidings.model.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the wish to resubmit or discard.
public sealed interface DeadOutcome {
    /// It is done, durably.
    record Done() implements DeadOutcome {}

    /// Nothing happened: there is no such dead event, it was settled meanwhile, or it may not be sent as it is.
    record Refused(Refusal refusal) implements DeadOutcome {}

    /// What became of many.
    ///
    /// @param done      how many were resubmitted or discarded
    /// @param conflicts how many others settled meanwhile
    /// @param refused   those that may not be sent as they are; they stay dead
    /// @param next      where to go on; null: there are no more
    record Many(
            int done,
            int conflicts,
            List<RefusedOne> refused,
            @Nullable DeadId next) {
        public Many {
            refused = List.copyOf(refused);
        }
    }

    record RefusedOne(DeadId id, Refusal refusal) {}
}
