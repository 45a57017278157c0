package dev.tidings.broker.consuming;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.broker.groups.Facilities;
import dev.tidings.broker.groups.Group;
import dev.tidings.broker.groups.GroupRegistry;
import dev.tidings.broker.groups.GroupSettings;
import dev.tidings.broker.groups.Selection;
import dev.tidings.broker.pressure.Throttled;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.filter.Compilation;
import dev.tidings.filter.EventFilter;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The groups of one client: those that exist, and of them those that are in use.
final class GroupSeats {
    static final Refusal BEING_DELETED =
            Refusal.of(ErrorCode.STATE_CONFLICT, "the group is being deleted; wait for the answer to that");

    private final Owner owner;
    private final Facilities facilities;
    private final GroupRegistry registry;
    private final DeadReports reports;
    private final BiConsumer<Group, Throwable> onFailure;
    private final Map<GroupName, Seat> seats = new HashMap<>();
    private final Map<GroupName, Totals> totals = new HashMap<>();
    private final Set<GroupName> leaving = new HashSet<>();

    /// Whose groups they are.
    ///
    /// @param role what it may consume by the catalog as it is when this is asked: while a filter is compiled, or a
    ///             change stored, rights may be taken away
    record Owner(ClientName client, Supplier<ConsumerRole> role) {}

    /// What is counted of a group over all the times it is in use.
    static final class Totals {
        long redeliveries;
        long dead;
        long filteredOut;
        long filterFailures;
    }

    /// A seat, or why there is none.
    sealed interface Found {
        record Taken(Seat seat) implements Found {}

        record Refused(Refusal refusal) implements Found {}
    }

    GroupSeats(Owner owner, Facilities facilities, DeadReports reports, BiConsumer<Group, Throwable> onFailure) {
        this.owner = owner;
        this.facilities = facilities;
        this.registry = new GroupRegistry(facilities.engine().states());
        this.reports = reports;
        this.onFailure = onFailure;
    }

    Collection<Seat> inUse() {
        return seats.values();
    }

    @Nullable
    Seat find(GroupName name) {
        return seats.get(name);
    }

    Totals totals(GroupName name) {
        return totals.computeIfAbsent(name, _ -> new Totals());
    }

    /// Takes a seat in a group, which is resumed or created where nobody uses it.
    Found take(GroupName name, Opening opening, Admission admission) {
        if (leaving.contains(name)) {
            return new Found.Refused(BEING_DELETED);
        }
        Seat seat = seats.get(name);
        GroupSettings settings = seat != null ? seat.group.settings() : registry.find(name);
        Refusal refusal = settings == null ? admission.ofGroups(ofClients()) : Admission.ofSettings(opening, settings);
        if (refusal != null) {
            return new Found.Refused(refusal);
        }
        if (seat == null) {
            seat = settings == null ? create(name, opening, List.of()) : resume(name, settings);
        }
        seat.expected++;
        return new Found.Taken(seat);
    }

    /// What a group with these settings reads now.
    Selection granted(GroupName name, GroupSettings settings) {
        return Selection.of(owner.role.get(), name, settings);
    }

    /// Reads what is granted from now on; returns the groups that have nothing left to read.
    Set<Group> select() {
        Set<Group> emptied = new HashSet<>();
        for (Seat seat : seats.values()) {
            boolean had = !seat.group.selection().isEmpty();
            seat.group.select(granted(seat.group.name(), seat.group.settings()));
            if (had && seat.group.selection().isEmpty()) {
                emptied.add(seat.group);
            }
        }
        return emptied;
    }

    /// What holds back those in use, of what types may be delivered at.
    Map<GroupName, List<Throttled>> throttled() {
        Map<GroupName, List<Throttled>> throttled = new TreeMap<>();
        for (Seat seat : seats.values()) {
            List<Throttled> found = seat.group.throttled();
            if (!found.isEmpty()) {
                throttled.put(seat.group.name(), found);
            }
        }
        return throttled;
    }

    boolean pump() {
        boolean more = false;
        for (Seat seat : seats.values()) {
            Group group = seat.group;
            more |= group.pump();
            for (Pending dead = group.nextExhausted(); dead != null; dead = group.nextExhausted()) {
                reports.exhausted(group, dead);
            }
            group.fetch();
        }
        return more;
    }

    void store() {
        seats.values().forEach(seat -> seat.group.store());
        seats.values().removeIf(this::isLeft);
    }

    /// Forgets a group that could not be created, or is to be deleted.
    void abandon(Seat seat) {
        seats.remove(seat.group.name(), seat);
        totals.remove(seat.group.name());
        seat.group.close();
    }

    Set<GroupName> existing() {
        Set<GroupName> names = new HashSet<>(registry.of(owner.client));
        names.addAll(seats.keySet());
        return names;
    }

    private int ofClients() {
        return (int) existing().stream().filter(name -> !name.own()).count();
    }

    private boolean isLeft(Seat seat) {
        boolean left = seat.expected == 0 && seat.group.isDone();
        if (left) {
            Totals before = totals(seat.group.name());
            before.redeliveries += seat.group.state().redeliveries();
            before.dead += seat.group.dead();
            before.filteredOut += seat.group.filteredOut();
            before.filterFailures += seat.group.filterFailures();
            seat.group.close();
        }
        return left;
    }

    /// Creates a group that does not exist, in one append with these rows.
    Seat create(GroupName name, Opening opening, List<StateChange> together) {
        Instant now = facilities.clock().instant();
        Instant from = switch (opening.start()) {
            case Opening.Start.Earliest() -> null;
            case Opening.Start.Latest() -> now;
            case Opening.Start.At(Instant time) -> time;
        };
        int maxDeliveries = opening.maxDeliveries() == null ? 0 : opening.maxDeliveries();
        Group group = group(
                name,
                new GroupSettings(opening.types(), maxDeliveries, from, now)
                        .withFilter(opening.filter())
                        .withErrorsOf(opening.errorsOf()));
        boolean latest = opening.start() instanceof Opening.Start.Latest;
        return seat(
                group,
                filter -> group.create(granted(name, group.settings()), new Group.Beginning(latest, filter), together));
    }

    @Nullable
    GroupSettings settings(GroupName name) {
        Seat seat = seats.get(name);
        return seat == null ? registry.find(name) : seat.group.settings();
    }

    /// Nobody gets into the group any more, until [#left].
    void leave(GroupName name) {
        leaving.add(name);
    }

    void left(GroupName name) {
        leaving.remove(name);
    }

    boolean isLeaving(GroupName name) {
        return leaving.contains(name);
    }

    /// Removes what is kept of a group, but for its cursors.
    List<StateChange> removal(GroupName name) {
        return registry.removal(name);
    }

    private Seat resume(GroupName name, GroupSettings settings) {
        Group group = group(name, settings);
        return seat(group, filter -> {
            group.resume(granted(name, settings), filter);
            return CompletableFuture.completedStage(null);
        });
    }

    /// Begins when its filter is compiled: at once, where there is none.
    private Seat seat(Group group, Function<@Nullable EventFilter, CompletionStage<Void>> begin) {
        String filter = group.settings().filter();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Seat seat = new Seat(group, ready);
        seats.put(group.name(), seat);
        if (filter == null) {
            follow(begin.apply(null), ready);
        } else {
            compiled(filter).whenComplete((compiled, failure) -> {
                if (failure != null || seats.get(group.name()) != seat) {
                    ready.completeExceptionally(
                            failure == null ? new IllegalStateException("it was given up") : failure);
                } else {
                    follow(begin.apply(compiled), ready);
                }
            });
        }
        return seat;
    }

    private static void follow(CompletionStage<Void> stage, CompletableFuture<Void> follower) {
        stage.whenComplete((_, failure) -> {
            if (failure == null) {
                follower.complete(null);
            } else {
                follower.completeExceptionally(failure);
            }
        });
    }

    /// Completes on the loop.
    ///
    /// @param filter a text that was compiled before
    CompletionStage<EventFilter> compiled(String filter) {
        CompletableFuture<EventFilter> compiled = new CompletableFuture<>();
        facilities
                .filtering()
                .compile(filter)
                .whenComplete((compilation, failure) -> facilities.loop().execute(() -> {
                    switch (compilation) {
                        case null -> compiled.completeExceptionally(failure);
                        case Compilation.Compiled(EventFilter found) -> compiled.complete(found);
                        case Compilation.Flawed flawed ->
                            compiled.completeExceptionally(
                                    new IllegalStateException("a filter is none any more, " + flawed.detail()));
                    }
                    facilities.turn().ask();
                }));
        return compiled;
    }

    private Group group(GroupName name, GroupSettings settings) {
        Group[] made = new Group[1];
        made[0] = new Group(name, settings, facilities, failure -> onFailure.accept(made[0], failure));
        return made[0];
    }
}
