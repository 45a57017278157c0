package dev.tidings.broker.dead;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.dead.DeadOutcome.Done;
import dev.tidings.broker.dead.DeadOutcome.Many;
import dev.tidings.broker.dead.DeadOutcome.Refused;
import dev.tidings.broker.dead.DeadOutcome.RefusedOne;
import dev.tidings.broker.lanes.LaneSettlement;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.broker.publishing.Admission;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The dead events of all clients, as an administrator has them: one by one, or many at once.
public final class DeadEvents implements DeadDesk {
    private static final DeadOutcome DONE = new Done();

    private final Engine engine;
    private final LaneSettlement settlement;
    private final Mending mending;
    private final DeadConfig config;

    /// @param settlement the owner of the lanes
    /// @param admission  the rules for what is sent again
    public record Parts(
            Engine engine, Catalogs catalogs, LaneSettlement settlement, Recipients recipients, Admission admission) {}

    public DeadEvents(Parts parts, DeadConfig config) {
        this.engine = parts.engine;
        this.settlement = parts.settlement;
        this.mending = new Mending(parts.catalogs, parts.recipients, parts.admission);
        this.config = config;
    }

    /// Those of one client, as its programs have them.
    public DeadDesk of(ClientName client) {
        return new ClientDeadEvents(this, client);
    }

    @Override
    public CompletionStage<DeadPage> list(DeadFilter filter, @Nullable DeadId from, int limit) {
        return new DeadSearch(engine, config, new DeadSearch.Query(filter, from, limit)).run();
    }

    @Override
    public CompletionStage<Optional<DeadEvent>> find(DeadId id) {
        return lookUp(id).thenApply(event -> isSettled(id) ? Optional.empty() : event);
    }

    @Override
    public CompletionStage<DeadOutcome> resubmit(DeadId id, Resubmission resubmission) {
        return withUnsettled(id, event -> resubmit(event, resubmission));
    }

    /// Sends a dead event to the group that failed, as a program does: marked, and no more often than configured.
    CompletionStage<DeadOutcome> repair(DeadId id, Resubmission resubmission) {
        return withUnsettled(id, event -> {
            int rounds = Marks.rounds(event.envelope());
            return rounds < config.rounds() ? repair(event, resubmission, rounds + 1) : refused(exhausted(id, rounds));
        });
    }

    @Override
    public CompletionStage<DeadOutcome> discard(DeadId id) {
        return withUnsettled(id, _ -> settle(id, List.of()));
    }

    /// Sends the next of those that the filter means again, in their order.
    ///
    /// @param from  where the last answer said to go on; null: from the first
    /// @param limit as for [#list]
    public CompletionStage<Many> resubmitAll(
            DeadFilter filter, @Nullable DeadId from, int limit, Resubmission resubmission) {
        return list(filter, from, limit)
                .thenCompose(page -> oneByOne(page, 0, new Tally(), event -> resubmit(event, resubmission)));
    }

    /// Discards the next of those that the filter means.
    ///
    /// @param from  where the last answer said to go on; null: from the first
    /// @param limit as for [#list]
    public CompletionStage<Many> discardAll(DeadFilter filter, @Nullable DeadId from, int limit) {
        return list(filter, from, limit)
                .thenCompose(page -> oneByOne(page, 0, new Tally(), event -> settle(event.id(), List.of())));
    }

    private CompletionStage<Many> oneByOne(
            DeadPage page, int index, Tally tally, Function<DeadEvent, CompletionStage<DeadOutcome>> action) {
        if (index == page.events().size()) {
            return CompletableFuture.completedStage(tally.result(page.next()));
        }
        DeadEvent event = page.events().get(index);
        return action.apply(event).thenCompose(outcome -> {
            tally.add(event.id(), outcome);
            return oneByOne(page, index + 1, tally, action);
        });
    }

    private CompletionStage<DeadOutcome> resubmit(DeadEvent event, Resubmission resubmission) {
        return mending.mend(event.envelope(), resubmission).thenCompose(mended -> switch (mended) {
            case Mending.Mended.Ready(Batch.Entry entry) -> settle(event.id(), List.of(entry));
            case Mending.Mended.Refused(Refusal refusal) -> refused(refusal);
        });
    }

    private CompletionStage<DeadOutcome> repair(DeadEvent event, Resubmission resubmission, int round) {
        return mending.mend(event.envelope(), resubmission).thenCompose(mended -> switch (mended) {
            case Mending.Mended.Ready(Batch.Entry entry) ->
                settle(event.id(), List.of(Marks.on(entry, Map.of(Marks.ROUND, round))));
            case Mending.Mended.Refused(Refusal refusal) -> refused(refusal);
        });
    }

    private CompletionStage<DeadOutcome> settle(DeadId id, List<Batch.Entry> entries) {
        return settlement
                .settle(id.client(), id.position(), Batch.ofEntries(entries))
                .thenApply(settled -> settled ? DONE : new Refused(conflict(id)));
    }

    private CompletionStage<DeadOutcome> withUnsettled(
            DeadId id, Function<DeadEvent, CompletionStage<DeadOutcome>> action) {
        return lookUp(id).thenCompose(event -> {
            if (event.isEmpty()) {
                return refused(Refusal.of(
                        ErrorCode.NOT_FOUND,
                        "there is no dead event '" + id + "': it never was, or it was removed for its age"));
            }
            return isSettled(id) ? refused(conflict(id)) : action.apply(event.get());
        });
    }

    private CompletionStage<Optional<DeadEvent>> lookUp(DeadId id) {
        EventReader reader = engine.log().reader(lane(id), TypeSelection.ALL);
        return reader.read(id.position(), 1)
                .whenComplete((_, _) -> reader.close())
                .thenApply(slice -> at(id, slice));
    }

    private static Optional<DeadEvent> at(DeadId id, Slice slice) {
        if (slice.events().isEmpty() || slice.events().getFirst().position() != id.position()) {
            return Optional.empty();
        }
        StoredEvent stored = slice.events().getFirst();
        Instant since = Instant.ofEpochMilli(stored.acceptedMillis());
        return Optional.of(new DeadEvent(id, since, DeadEnvelope.of(stored)));
    }

    private boolean isSettled(DeadId id) {
        return engine.groups()
                .cursors(LaneStreams.deadCursor(id.client()))
                .getOrDefault(lane(id), Cursor.at(0))
                .isSettled(id.position());
    }

    private static Partition lane(DeadId id) {
        return Partition.only(LaneStreams.dead(id.client()));
    }

    private static CompletionStage<DeadOutcome> refused(Refusal refusal) {
        return CompletableFuture.completedStage(new Refused(refusal));
    }

    private static Refusal conflict(DeadId id) {
        return Refusal.of(
                ErrorCode.STATE_CONFLICT,
                "the dead event '" + id + "' was confirmed, resubmitted or discarded meanwhile; nothing was done");
    }

    private static Refusal exhausted(DeadId id, int rounds) {
        return Refusal.of(
                ErrorCode.REPAIRS_EXHAUSTED,
                "programs have repaired the dead event '%s' %d times, and may not do so again: it is left to a person"
                        .formatted(id, rounds));
    }

    /// Counts what becomes of many, one after the other.
    private static final class Tally {
        private final List<RefusedOne> refused = new ArrayList<>();
        private int done;
        private int conflicts;

        void add(DeadId id, DeadOutcome outcome) {
            switch (outcome) {
                case Done _ -> done++;
                case Refused(Refusal refusal) when refusal.code() == ErrorCode.STATE_CONFLICT -> conflicts++;
                case Refused(Refusal refusal) -> refused.add(new RefusedOne(id, refusal));
            }
        }

        Many result(@Nullable DeadId next) {
            return new Many(done, conflicts, refused, next);
        }
    }
}
