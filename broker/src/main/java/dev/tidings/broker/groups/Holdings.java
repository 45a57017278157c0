package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Groups.Membership;
import dev.tidings.engine.Groups.MembershipListener;
import dev.tidings.engine.Partition;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The partitions that a group holds, from its joining to its leaving: each begins where its cursor is, or where a
/// group without one is to start.
final class Holdings {
    private final GroupName name;
    private final GroupSettings settings;
    private final Facilities facilities;
    private final GroupDispatch dispatch;
    private final Consumer<Throwable> onFailure;
    private final Map<Partition, Share> shares = new HashMap<>();
    private final List<@Nullable Share> byIndex = new ArrayList<>();
    private final Set<Partition> held = new HashSet<>();
    private Selection selection = new Selection(Map.of());
    private @Nullable Membership membership;
    private final Gaps gaps;
    private boolean closed;

    /// Whose partitions they are.
    record Owner(GroupName name, GroupSettings settings) {}

    Holdings(Owner owner, Facilities facilities, GroupDispatch dispatch, Consumer<Throwable> onFailure) {
        this.name = owner.name();
        this.settings = owner.settings();
        this.facilities = facilities;
        this.dispatch = dispatch;
        this.onFailure = onFailure;
        this.gaps = new Gaps(owner, facilities, dispatch, onFailure);
    }

    Selection selection() {
        return selection;
    }

    Gaps gaps() {
        return gaps;
    }

    Collection<Share> all() {
        return shares.values();
    }

    @Nullable
    Share find(int index) {
        return byIndex.get(index);
    }

    @Nullable
    Share find(Partition partition) {
        return shares.get(partition);
    }

    boolean has(Share share) {
        return byIndex.get(share.index) == share;
    }

    /// Whether everything that is held has begun.
    boolean isComplete() {
        return membership != null && shares.size() == held.size();
    }

    /// Joins, as a group that exists.
    void resume(Selection granted) {
        selection = granted;
        join(this::assigned);
    }

    /// Joins, and creates the group: completes when it is stored with where it starts.
    CompletionStage<Void> create(Selection granted, boolean latest, List<StateChange> together) {
        selection = granted;
        CompletableFuture<Void> created = new CompletableFuture<>();
        join(partitions -> {
            if (held.isEmpty()) {
                held.addAll(partitions);
                store(firstStarts(partitions, latest), together, created);
            } else {
                assigned(partitions);
            }
        });
        return created;
    }

    /// Reads these types from now on.
    void select(Selection granted) {
        selection = granted;
        for (Share share : shares.values()) {
            gaps.select(share, granted);
            share.feed.select(granted.in(share.partition().stream()));
        }
        if (membership != null) {
            membership.streams(streams());
        }
    }

    void close() {
        closed = true;
        shares.values().forEach(Share::close);
        shares.clear();
        if (membership != null) {
            membership.close();
        }
    }

    private Set<StreamName> streams() {
        return settings.streams(name, selection);
    }

    private void join(Consumer<Set<Partition>> onAssigned) {
        membership = facilities.engine().groups().join(name, streams(), new MembershipListener() {
            @Override
            public void assigned(Set<Partition> partitions) {
                facilities.loop().execute(() -> onAssigned.accept(partitions));
            }

            @Override
            public void revoked(Set<Partition> partitions) {
                facilities.loop().execute(() -> partitions.forEach(Holdings.this::revoked));
            }
        });
    }

    private CompletionStage<Map<Partition, Long>> starts(Set<Partition> partitions, boolean latest) {
        if (!latest) {
            return new StartPositions(facilities.engine().log(), settings).of(partitions, selection);
        }
        Map<Partition, Long> ends = new HashMap<>();
        for (Partition partition : partitions) {
            ends.put(partition, facilities.engine().log().extent(partition).next());
        }
        return CompletableFuture.completedStage(ends);
    }

    /// What was resubmitted to a group of the same name that was deleted is not for this one.
    private CompletionStage<Map<Partition, Long>> firstStarts(Set<Partition> partitions, boolean latest) {
        return starts(partitions, latest).thenApply(found -> {
            Map<Partition, Long> starts = new HashMap<>(found);
            starts.replaceAll((partition, at) -> partition.stream().equals(LaneStreams.resubmitted(name))
                    ? facilities.engine().log().extent(partition).next()
                    : at);
            return starts;
        });
    }

    private void store(
            CompletionStage<Map<Partition, Long>> found, List<StateChange> together, CompletableFuture<Void> created) {
        found.thenCompose(starts -> facilities
                        .engine()
                        .log()
                        .append(creation(starts, together))
                        .thenApply(_ -> starts))
                .whenComplete((starts, failure) -> facilities.loop().execute(() -> {
                    if (failure != null) {
                        created.completeExceptionally(failure);
                    } else {
                        begin(starts);
                        created.complete(null);
                    }
                }));
    }

    private Batch creation(Map<Partition, Long> starts, List<StateChange> together) {
        List<Batch.CursorMove> moves = new ArrayList<>();
        List<StateChange> rows = new ArrayList<>(together);
        rows.add(GroupRegistry.put(name, settings));
        starts.forEach((partition, at) -> {
            moves.add(new Batch.CursorMove(name, partition, Cursor.at(at)));
            rows.add(new Coverage(selection.within(partition.stream()), List.of(), Map.of()).put(name, partition));
        });
        return new Batch(List.of(), moves, rows);
    }

    private void assigned(Set<Partition> partitions) {
        held.addAll(partitions);
        Map<Partition, Cursor> cursors = facilities.engine().groups().cursors(name);
        Set<Partition> unknown = new HashSet<>(partitions);
        unknown.removeAll(cursors.keySet());
        for (Partition partition : partitions) {
            Cursor cursor = cursors.get(partition);
            if (cursor != null) {
                resume(partition, cursor);
            }
        }
        if (!unknown.isEmpty()) {
            beginAnew(unknown);
        }
    }

    /// Begins partitions in which the group has no cursor. Where it cannot be found out where, that is tried again.
    private void beginAnew(Set<Partition> partitions) {
        starts(partitions, false)
                .whenComplete((starts, failure) -> facilities.loop().execute(() -> {
                    if (failure == null) {
                        begin(starts);
                    } else if (!closed) {
                        facilities.loop().after(facilities.limits().lastRetry(), () -> beginAnew(partitions));
                        onFailure.accept(failure);
                    }
                }));
    }

    private void resume(Partition partition, Cursor cursor) {
        Share share = begin(partition, cursor);
        if (share != null) {
            gaps.resume(share, cursor.reach(), selection);
        }
    }

    private void begin(Map<Partition, Long> starts) {
        Set<Partition> stored = facilities.engine().groups().cursors(name).keySet();
        starts.forEach((partition, at) -> {
            Share share = begin(partition, Cursor.at(at));
            if (share != null) {
                gaps.begin(share, selection);
                share.storedFloor = stored.contains(partition) ? at : Share.NOT_STORED;
            }
        });
    }

    private @Nullable Share begin(Partition partition, Cursor cursor) {
        if (closed || !held.contains(partition) || shares.containsKey(partition)) {
            return null;
        }
        Feed feed = new Feed(facilities, partition, selection.in(partition.stream()), onFailure);
        Coverage stored = Coverage.find(facilities.engine().states(), name, partition);
        Map<Long, Long> dues = stored == null ? Map.of() : stored.dues();
        Map<Long, Long> ahead = new HashMap<>(dues);
        ahead.values().removeIf(due -> due <= facilities.clock().millis());
        Share share = new Share(dispatch.assigned(cursor, ahead), feed, cursor.floor());
        share.duesStored = !dues.isEmpty();
        byIndex.add(share);
        shares.put(partition, share);
        facilities.turn().ask();
        return share;
    }

    private void revoked(Partition partition) {
        held.remove(partition);
        Share share = shares.remove(partition);
        if (share != null) {
            byIndex.set(share.index, null);
            dispatch.revoked(share.index);
            share.close();
        }
    }
}
