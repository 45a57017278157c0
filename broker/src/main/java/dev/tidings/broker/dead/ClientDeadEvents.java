package dev.tidings.broker.dead;

import dev.tidings.broker.dead.DeadOutcome.Refused;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a client's programs can do with its dead events, and with no other's: those do not exist for them. What they
/// send again goes to the group that failed alone, behind whatever that has read meanwhile, marked with how often
/// programs have done so; they may no more once they have done so as often as is configured.
record ClientDeadEvents(DeadEvents dead, ClientName client) implements DeadDesk {
    @Override
    public CompletionStage<DeadPage> list(DeadFilter filter, @Nullable DeadId from, int limit) {
        DeadId own = from == null || from.client().equals(client) ? from : null;
        return dead.list(filter.of(client), own, limit);
    }

    @Override
    public CompletionStage<Optional<DeadEvent>> find(DeadId id) {
        return id.client().equals(client) ? dead.find(id) : CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<DeadOutcome> resubmit(DeadId id, Resubmission resubmission) {
        if (resubmission.target() != Target.GROUP) {
            return refused(
                    ErrorCode.NOT_ALLOWED,
                    "a program sends a dead event to the group that failed; to its whole stream only administrators do");
        }
        return own(id, () -> dead.repair(id, resubmission));
    }

    @Override
    public CompletionStage<DeadOutcome> discard(DeadId id) {
        return own(id, () -> dead.discard(id));
    }

    private CompletionStage<DeadOutcome> own(DeadId id, Supplier<CompletionStage<DeadOutcome>> action) {
        return id.client().equals(client)
                ? action.get()
                : refused(ErrorCode.NOT_FOUND, "'%s' has no dead event '%s'".formatted(client, id));
    }

    private static CompletionStage<DeadOutcome> refused(ErrorCode code, String detail) {
        return CompletableFuture.completedStage(new Refused(Refusal.of(code, detail)));
    }
}
