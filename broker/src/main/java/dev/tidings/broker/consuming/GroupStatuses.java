package dev.tidings.broker.consuming;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.dispatch.DispatchState;
import dev.tidings.broker.groups.Facilities;
import dev.tidings.broker.groups.GroupRegistry;
import dev.tidings.broker.groups.GroupSettings;
import dev.tidings.broker.groups.LagProbe;
import dev.tidings.broker.groups.Selection;
import dev.tidings.broker.pressure.Throttled;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Partition;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Looks how the groups of a client are: those in use, and those that rest in the store.
record GroupStatuses(Facilities facilities) {
    private static final DispatchState IDLE = new DispatchState(0, 0, 0, 0, 0, null);

    CompletionStage<List<GroupStatus>> of(GroupSeats seats, @Nullable ConsumerRole role) {
        CompletionStage<List<GroupStatus>> all = CompletableFuture.completedStage(List.of());
        for (GroupName name : seats.existing()) {
            all = all.thenCombine(of(name, seats, role), (some, status) -> Consuming.joined(some, List.of(status)));
        }
        return all;
    }

    CompletionStage<GroupStatus> of(GroupName name, GroupSeats seats, @Nullable ConsumerRole role) {
        Seat seat = seats.find(name);
        DispatchState state = seat == null ? IDLE : seat.group.state();
        CompletionStage<LagProbe> lag = seat == null ? resting(name, role) : seat.group.lag();
        GroupSeats.Totals totals = seats.totals(name);
        GroupSettings settings = seats.settings(name);
        long out = seat == null ? 0 : seat.group.filteredOut();
        long failures = seat == null ? 0 : seat.group.filterFailures();
        Counted counted = new Counted(
                totals.redeliveries + state.redeliveries(),
                totals.dead + (seat == null ? 0 : seat.group.dead()),
                new GroupStatus.Filtered(
                        settings == null ? null : settings.filter(),
                        totals.filteredOut + out,
                        totals.filterFailures + failures),
                seat == null ? List.of() : seat.group.throttled());
        return lag.thenApply(found -> status(name, found, state, counted));
    }

    /// What is counted over all the times that a group is in use, and what holds it back.
    private record Counted(long redeliveries, long dead, GroupStatus.Filtered filtered, List<Throttled> throttled) {}

    private GroupStatus status(GroupName name, LagProbe lag, DispatchState state, Counted counted) {
        long now = facilities.clock().instant().toEpochMilli();
        Duration age = lag.oldestMillis() == Long.MAX_VALUE
                ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, now - lag.oldestMillis()));
        return new GroupStatus(
                name,
                lag.events(),
                age,
                state.instances(),
                state.inFlight(),
                state.waiting(),
                state.blocked(),
                counted.redeliveries,
                counted.dead,
                counted.filtered,
                counted.throttled);
    }

    private CompletionStage<LagProbe> resting(GroupName name, @Nullable ConsumerRole role) {
        EventLog log = facilities.engine().log();
        GroupSettings settings = new GroupRegistry(facilities.engine().states()).find(name);
        if (role == null || settings == null) {
            return CompletableFuture.completedStage(LagProbe.NONE);
        }
        Selection selection = Selection.of(role, name, settings);
        Map<Partition, Cursor> cursors = facilities.engine().groups().cursors(name);
        CompletionStage<LagProbe> lag = CompletableFuture.completedStage(LagProbe.NONE);
        for (StreamName stream : settings.streams(name, selection)) {
            for (Partition partition : log.partitions(stream)) {
                lag = lag.thenCombine(
                        LagProbe.of(log, partition, selection.in(stream), cursors.get(partition)), LagProbe::plus);
            }
        }
        return lag;
    }
}
