package dev.tidings.broker.consuming;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.DeadReason;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.broker.groups.ClientLane;
import dev.tidings.broker.groups.Facilities;
import dev.tidings.broker.groups.Group;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.ReportedEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Keeps dead events: what was reported, beside what had been delivered, in one append with the cursor that settles
/// it.
final class DeadReports {
    private final Facilities facilities;

    DeadReports(Facilities facilities) {
        this.facilities = facilities;
    }

    CompletionStage<Settlement> report(Session session, ReportedEvent reported) {
        if (session.hasEnded()) {
            return CompletableFuture.completedStage(Settlement.ENDED);
        }
        Long offset = reported.offset();
        if (offset == null) {
            return new DeadSearch(session, reported)
                    .offset()
                    .thenCompose(found -> found == null || session.ledger().held(found) == null
                            ? unmatched(session, reported)
                            : bury(session, found, reported));
        }
        if (offset < 1 || offset > session.handedOut()) {
            return CompletableFuture.completedStage(Settlement.NEVER_DELIVERED);
        }
        if (session.ledger().isReleased(offset)) {
            return session.durable().thenApply(_ -> Settlement.DONE);
        }
        return session.ledger().held(offset) == null ? unmatched(session, reported) : bury(session, offset, reported);
    }

    /// Buries an event that its instance has given up.
    CompletionStage<Settlement> giveUp(Session session, long offset, String detail) {
        if (session.hasEnded() || offset > session.handedOut()) {
            return CompletableFuture.completedStage(session.hasEnded() ? Settlement.ENDED : Settlement.NEVER_DELIVERED);
        }
        Group group = session.group();
        if (group == null || group.errors() != null || !(session.ledger().held(offset) instanceof Pending event)) {
            return session.settle(offset);
        }
        session.ledger().release(offset);
        CompletionStage<Settlement> buried = Fetched.of(session, event)
                .thenCompose(original -> {
                    Partition partition = group.partition(event);
                    if (original == null || partition == null) {
                        group.dispatch().bury(event);
                        return group.durable().thenApply(_ -> Settlement.DONE);
                    }
                    DeadReport report = new DeadReport(
                            session.groupName(),
                            session.id(),
                            DeadReason.UNDELIVERABLE,
                            event.attempts() + 1,
                            facilities.clock().instant(),
                            detail);
                    DeadEnvelope envelope =
                            new DeadEnvelope(original.type(), report, null, Original.of(partition, original));
                    return ofGroup(session, offset, event, batch(envelope));
                })
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        session.ledger().settle(offset);
                    }
                });
        session.awaits(buried);
        return buried;
    }

    /// Buries an event that has used up its deliveries.
    void exhausted(Group group, Pending event) {
        if (group.errors() != null) {
            group.dispatch().bury(event); // it stays dead, and a person's
            return;
        }
        var _ = Fetched.of(group, event).thenAccept(original -> {
            Partition partition = group.partition(event);
            if (original == null || partition == null) {
                group.dispatch().bury(event);
                return;
            }
            DeadReport report = new DeadReport(
                    group.name(),
                    event.lastInstance(),
                    DeadReason.MAX_DELIVERIES,
                    event.attempts(),
                    facilities.clock().instant());
            DeadEnvelope envelope = new DeadEnvelope(original.type(), report, null, Original.of(partition, original));
            var _ = group.bury(event, batch(envelope), group.dispatch()::revive);
        });
    }

    private CompletionStage<Settlement> bury(Session session, long offset, ReportedEvent reported) {
        Group handler = session.group();
        if (handler != null && handler.errors() != null && session.ledger().held(offset) instanceof Pending) {
            return session.settle(offset); // it stays dead, and a person's
        }
        Held held = session.ledger().release(offset);
        if (held == null) {
            return unmatched(session, reported);
        }
        CompletionStage<Settlement> buried = Fetched.of(session, held).thenCompose(original -> {
            if (isNotHeldAnyMore(session, held)) {
                return unmatched(session, reported).whenComplete((_, failure) -> {
                    if (failure != null) {
                        session.ledger().restore(offset, held);
                    }
                });
            }
            Batch batch = batch(envelope(session, held, original, reported));
            return held instanceof Pending pending
                    ? ofGroup(session, offset, pending, batch)
                    : ofLane(session, offset, held, batch);
        });
        session.awaits(buried);
        return buried;
    }

    /// Whether the group has lost the stream since it was delivered.
    private static boolean isNotHeldAnyMore(Session session, Held held) {
        Group group = session.group();
        return held instanceof Pending && group != null && group.partition(held) == null;
    }

    private CompletionStage<Settlement> ofGroup(Session session, long offset, Pending event, Batch batch) {
        Group group = session.group();
        if (group == null) {
            throw new IllegalStateException("an event of a group was given to an instance without one");
        }
        return group.bury(event, batch, failed -> {
                    if (session.ledger().restore(offset, failed)) {
                        group.dispatch().resume(failed);
                    } else {
                        group.dispatch().revive(failed);
                    }
                })
                .thenApply(_ -> Settlement.DONE);
    }

    private static CompletionStage<Settlement> ofLane(Session session, long offset, Held held, Batch batch) {
        ClientLane lane = session.lane(held.lane());
        if (lane == null) {
            throw new IllegalStateException("an event of a lane was given to an instance without it");
        }
        return lane.settle(held.position(), batch)
                .thenApply(_ -> Settlement.DONE)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        session.ledger().restore(offset, held);
                    }
                });
    }

    private CompletionStage<Settlement> unmatched(Session session, ReportedEvent reported) {
        EventType type =
                Optional.ofNullable(reported.type()).flatMap(EventType::parse).orElse(DeadEnvelope.UNKNOWN_TYPE);
        DeadReport report = report(session.groupName(), session, 0);
        CompletableFuture<Settlement> stored = new CompletableFuture<>();
        facilities
                .engine()
                .log()
                .append(batch(new DeadEnvelope(type, report, reported.json(), null)))
                .whenComplete((_, failure) -> facilities.loop().execute(() -> {
                    if (failure == null) {
                        stored.complete(Settlement.UNMATCHED);
                    } else {
                        stored.completeExceptionally(failure);
                    }
                }));
        return stored;
    }

    private DeadEnvelope envelope(Session session, Held held, @Nullable StoredEvent original, ReportedEvent reported) {
        if (original != null && held.lane() == Lane.DEAD) {
            return again(session, DeadEnvelope.of(original), reported.json());
        }
        int attempts = held instanceof Pending pending ? pending.attempts() + 1 : 1;
        DeadReport report = report(session.groupName(), session, attempts);
        Partition partition = partition(session, held);
        if (original == null || partition == null) {
            EventType type = Optional.ofNullable(reported.type())
                    .flatMap(EventType::parse)
                    .orElse(DeadEnvelope.UNKNOWN_TYPE);
            return new DeadEnvelope(type, report, reported.json(), null);
        }
        return new DeadEnvelope(original.type(), report, reported.json(), Original.of(partition, original));
    }

    /// A dead event that was reported dead again.
    private DeadEnvelope again(Session session, DeadEnvelope before, Bytes reported) {
        DeadReport report =
                report(before.report().group(), session, before.report().attempts() + 1);
        return new DeadEnvelope(before.type(), report, reported, before.original());
    }

    private static @Nullable Partition partition(Session session, Held held) {
        ClientLane lane = session.lane(held.lane());
        Group group = session.group();
        return lane != null ? lane.partition() : group == null ? null : group.partition(held);
    }

    private DeadReport report(GroupName group, Session session, int attempts) {
        return new DeadReport(
                group,
                session.id(),
                DeadReason.REPORTED,
                attempts,
                facilities.clock().instant());
    }

    private static Batch batch(DeadEnvelope envelope) {
        return Batch.ofEntries(List.of(envelope.toEntry()));
    }
}
