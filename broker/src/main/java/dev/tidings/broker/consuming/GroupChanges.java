package dev.tidings.broker.consuming;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.groups.Facilities;
import dev.tidings.broker.groups.GroupRegistry;
import dev.tidings.broker.groups.GroupSettings;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.filter.EventFilter;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Creates, changes and deletes the groups of one client. Belongs to its loop.
final class GroupChanges {
    private final GroupSeats seats;
    private final Facilities facilities;

    GroupChanges(GroupSeats seats, Facilities facilities) {
        this.seats = seats;
        this.facilities = facilities;
    }

    CompletionStage<Void> create(GroupName name, Opening opening, List<StateChange> together) {
        Seat seat = seats.create(name, opening, together);
        seat.expected++;
        return seat.ready.whenComplete((_, failure) -> {
            seat.expected--;
            if (failure != null) {
                seats.abandon(seat);
            }
            facilities.turn().ask();
        });
    }

    /// @param recall takes back what instances of the group were given and have not handed out
    CompletionStage<Void> change(Change change, ConsumerRole role, Runnable recall) {
        GroupSettings before = seats.settings(change.name);
        if (before == null) {
            return CompletableFuture.failedStage(new IllegalStateException("there is no group " + change.name));
        }
        GroupSettings after = before.changed(
                        change.opening.types(),
                        role.in(change.name.name()).keySet(),
                        facilities.clock().instant())
                .withFilter(change.opening.filter());
        List<StateChange> rows = new ArrayList<>(change.together);
        rows.add(GroupRegistry.put(change.name, after));
        return compiled(after)
                .thenCompose(filter -> append(Batch.ofStates(rows)).thenRun(() -> {
                    Seat seat = seats.find(change.name);
                    if (seat != null) {
                        recall.run();
                        seat.group.settings(after, filter, seats.granted(change.name, after));
                        facilities.turn().ask();
                    }
                }));
    }

    private CompletionStage<@Nullable EventFilter> compiled(GroupSettings settings) {
        String filter = settings.filter();
        return filter == null ? CompletableFuture.completedStage(null) : seats.compiled(filter);
    }

    /// What a group is to be from now on.
    record Change(GroupName name, Opening opening, List<StateChange> together) {}

    /// @param end ends the instances of the group
    CompletionStage<Void> delete(GroupName name, List<StateChange> together, Runnable end) {
        seats.leave(name);
        end.run();
        return settled(name)
                .thenCompose(_ -> {
                    Seat seat = seats.find(name);
                    if (seat != null) {
                        seats.abandon(seat);
                    }
                    List<StateChange> rows = new ArrayList<>(together);
                    rows.addAll(seats.removal(name));
                    return append(Batch.ofForgotten(name, rows));
                })
                .whenComplete((_, _) -> seats.left(name));
    }

    static Refusal notThere(GroupName name) {
        return Refusal.of(
                ErrorCode.NOT_FOUND, "there is no group '" + name.name() + "'; GET /ce/groups tells which there are");
    }

    CompletionStage<Optional<Refusal>> deleteUnused(GroupName name) {
        if (name.own() || seats.settings(name) == null) {
            return CompletableFuture.completedStage(Optional.of(notThere(name)));
        }
        Seat seat = seats.find(name);
        if (seats.isLeaving(name) || seat != null && (seat.expected > 0 || seat.group.hasMembers())) {
            return CompletableFuture.completedStage(Optional.of(Refusal.of(
                    ErrorCode.STATE_CONFLICT,
                    "the group '" + name.name()
                            + "' has open instances; close them, or let them expire, and try again")));
        }
        return delete(name, List.of(), () -> {}).thenApply(_ -> Optional.empty());
    }

    /// When nothing that somebody waits for is still to be stored for the group.
    private CompletionStage<Void> settled(GroupName name) {
        Seat seat = seats.find(name);
        if (seat == null) {
            return CompletableFuture.completedStage(null);
        }
        facilities.turn().ask();
        return seat.ready.thenCompose(_ -> seat.group.durable());
    }

    /// Completes on the loop.
    private CompletionStage<Void> append(Batch batch) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        facilities
                .engine()
                .log()
                .append(batch)
                .whenComplete((_, failure) -> facilities.loop().execute(() -> {
                    if (failure == null) {
                        stored.complete(null);
                    } else {
                        stored.completeExceptionally(failure);
                    }
                }));
        return stored;
    }
}
