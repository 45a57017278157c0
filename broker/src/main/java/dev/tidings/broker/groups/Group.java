package dev.tidings.broker.groups;

import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.dispatch.DispatchState;
import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.broker.dispatch.GroupMember;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Groups.Membership;
import dev.tidings.engine.Groups.MembershipListener;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A group that has instances: reads its partitions while somebody wants events, and keeps its cursors. Belongs to
/// its client's loop.
public final class Group {
    private static final int EVENTS_A_TURN = 4096;
    private static final int EVENTS_A_ROUND = 64;

    private final GroupName name;
    private final GroupSettings settings;
    private final Facilities facilities;
    private final Consumer<Throwable> onFailure;
    private final GroupDispatch dispatch;
    private final CursorStore store;
    private final Map<Partition, Share> shares = new HashMap<>();
    private final List<@Nullable Share> byIndex = new ArrayList<>();
    private final ArrayDeque<Share> active = new ArrayDeque<>();
    private final Set<Partition> held = new HashSet<>();
    private Selection selection;
    private @Nullable Membership membership;
    private int members;
    private int catchingUp;
    private boolean closed;

    public Group(GroupName name, GroupSettings settings, Facilities facilities, Consumer<Throwable> onFailure) {
        this.name = name;
        this.settings = settings;
        this.facilities = facilities;
        this.onFailure = onFailure;
        this.dispatch =
                new GroupDispatch(new GroupDispatch.Limits(facilities.limits().waiting(), settings.maxDeliveries()));
        this.store = new CursorStore(name, facilities, this::cursorToStore);
        this.selection = new Selection(Map.of());
    }

    public GroupName name() {
        return name;
    }

    public GroupSettings settings() {
        return settings;
    }

    public Selection selection() {
        return selection;
    }

    /// Joins, as a group that exists.
    public void resume(Selection granted) {
        selection = granted;
        join(this::assigned);
    }

    /// Joins, and creates the group: completes when it is stored with where it starts.
    ///
    /// @param latest whether it starts behind what there is now
    public CompletionStage<Void> create(Selection granted, boolean latest) {
        selection = granted;
        CompletableFuture<Void> created = new CompletableFuture<>();
        join(partitions -> {
            if (created.isDone() || !held.isEmpty()) {
                assigned(partitions);
            } else {
                held.addAll(partitions);
                starts(partitions, latest)
                        .whenComplete((starts, failure) -> facilities.loop().execute(() -> {
                            if (failure != null) {
                                created.completeExceptionally(failure);
                            } else {
                                create(starts, created);
                            }
                        }));
            }
        });
        return created;
    }

    /// Reads these types from now on.
    public void select(Selection granted) {
        Selection before = selection;
        if (granted.equals(before) || closed) {
            return;
        }
        selection = granted;
        dispatch.keep(granted::includes);
        for (Share share : List.copyOf(shares.values())) {
            StreamName stream = share.partition().stream();
            if (!granted.in(stream).equals(before.in(stream))) {
                share.feed.select(granted.in(stream));
                catchUp(share, before);
            }
        }
        if (membership != null) {
            membership.streams(streams());
        }
        facilities.turn().ask();
    }

    public GroupMember open(Ledger ledger) {
        members++;
        return dispatch.open(ledger);
    }

    public void close(GroupMember member) {
        members--;
        dispatch.close(member);
        if (members == 0) {
            shares.values().forEach(this::storeWhatWasSkipped);
        }
    }

    public boolean hasMembers() {
        return members > 0;
    }

    /// Hands out what can be handed out; true where more could be done at once.
    public boolean pump() {
        dispatch.assign();
        int left = EVENTS_A_TURN;
        if (dispatch.wantsMore()) {
            wake();
        }
        while (left > 0 && dispatch.wantsMore()) {
            Share share = active.poll();
            if (share == null) {
                break;
            }
            left -= advance(share);
            share.active = !share.feed.isIdle() && byIndex.get(share.index) == share;
            if (share.active) {
                active.add(share);
            }
        }
        return left <= 0;
    }

    /// Fetches what was asked for by [#want].
    public void fetch() {
        for (Share share : shares.values()) {
            share.feed.fetch();
        }
    }

    /// Whether it waits for the store before it knows what else there is.
    public boolean isReading() {
        for (Share share : shares.values()) {
            if (share.feed.isReading()) {
                return true;
            }
        }
        return membership == null || catchingUp > 0 || shares.size() < held.size();
    }

    /// The payload of an event given just now; null where it must be [#want]ed.
    public @Nullable StoredEvent payload(Held event) {
        Share share = byIndex.get(event.partition());
        return share == null ? null : share.feed.find(event.position());
    }

    public void want(Held event, Wanted wanted) {
        Share share = byIndex.get(event.partition());
        if (share == null) {
            facilities.loop().execute(() -> wanted.arrived(null));
        } else {
            share.feed.want(wanted);
            facilities.turn().ask();
        }
    }

    public @Nullable Partition partition(Held event) {
        Share share = byIndex.get(event.partition());
        return share == null ? null : share.partition();
    }

    public GroupDispatch dispatch() {
        return dispatch;
    }

    /// Settles a dying event together with its report. Completes when that is durable; where it can't be stored, the
    /// event is handed to `otherwise`, and the stage completes exceptionally.
    public CompletionStage<Void> bury(Pending event, Batch report, Consumer<Pending> otherwise) {
        Partition partition = partition(event);
        if (partition == null) {
            return CompletableFuture.failedStage(new IllegalStateException("its partition was revoked"));
        }
        Burial burial = new Burial(new Burial.Place(dispatch, partition, event), report, otherwise);
        dispatch.depart(event);
        store.ride(burial);
        facilities.turn().ask();
        return burial.done();
    }

    /// The next event that has used up its deliveries.
    public @Nullable Pending nextExhausted() {
        return dispatch.nextExhausted();
    }

    /// Begins to store what has changed.
    public void store() {
        collectChanges();
        if (catchingUp == 0) {
            store.store();
        }
    }

    /// Completes when everything settled so far is durable.
    public CompletionStage<Void> durable() {
        collectChanges();
        return store.durable();
    }

    /// Whether nothing of it needs to stay in memory.
    public boolean isDone() {
        collectChanges();
        return members == 0 && store.isClean() && dispatch.state().dying() == 0 && catchingUp == 0;
    }

    public void close() {
        closed = true;
        shares.values().forEach(share -> share.feed.close());
        shares.clear();
        if (membership != null) {
            membership.close();
        }
    }

    public DispatchState state() {
        return dispatch.state();
    }

    /// How many events it may still have to settle, at most.
    public long lag() {
        long lag = dispatch.outstanding();
        for (Share share : shares.values()) {
            long end = facilities.engine().log().extent(share.partition()).next();
            lag += Math.max(0, end - dispatch.readTo(share.index));
        }
        return lag;
    }

    /// When the oldest event that it has read and not settled was accepted; [Long#MAX_VALUE] where there is none.
    public long oldestMillis() {
        long oldest = Long.MAX_VALUE;
        for (Share share : shares.values()) {
            oldest = Math.min(oldest, dispatch.oldestMillis(share.index));
        }
        return oldest;
    }

    private Set<StreamName> streams() {
        Set<StreamName> streams = selection.streams();
        streams.add(LaneStreams.resubmitted(name));
        return streams;
    }

    private void join(Consumer<Set<Partition>> assigned) {
        membership = facilities.engine().groups().join(name, streams(), new MembershipListener() {
            @Override
            public void assigned(Set<Partition> partitions) {
                facilities.loop().execute(() -> assigned.accept(partitions));
            }

            @Override
            public void revoked(Set<Partition> partitions) {
                facilities.loop().execute(() -> partitions.forEach(Group.this::revoked));
            }
        });
    }

    private CompletionStage<Map<Partition, Long>> starts(Set<Partition> partitions, boolean latest) {
        if (!latest) {
            return new StartPositions(facilities.engine().log(), settings).of(partitions, selection);
        }
        Map<Partition, Long> ends = new HashMap<>();
        partitions.forEach(partition ->
                ends.put(partition, facilities.engine().log().extent(partition).next()));
        return CompletableFuture.completedStage(ends);
    }

    private void create(Map<Partition, Long> starts, CompletableFuture<Void> created) {
        List<Batch.CursorMove> moves = new ArrayList<>();
        starts.forEach((partition, at) -> moves.add(new Batch.CursorMove(name, partition, Cursor.at(at))));
        Batch batch = new Batch(List.of(), moves, List.of(GroupRegistry.put(name, settings)));
        facilities
                .engine()
                .log()
                .append(batch)
                .whenComplete((_, failure) -> facilities.loop().execute(() -> {
                    if (failure != null) {
                        created.completeExceptionally(failure);
                    } else {
                        starts.forEach((partition, at) -> begin(partition, Cursor.at(at)));
                        created.complete(null);
                    }
                }));
    }

    private void assigned(Set<Partition> partitions) {
        held.addAll(partitions);
        Map<Partition, Cursor> cursors = facilities.engine().groups().cursors(name);
        Set<Partition> unknown = new HashSet<>();
        for (Partition partition : partitions) {
            Cursor cursor = cursors.get(partition);
            if (cursor == null) {
                unknown.add(partition);
            } else {
                begin(partition, cursor);
            }
        }
        if (!unknown.isEmpty()) {
            starts(unknown, false)
                    .whenComplete((starts, failure) -> facilities.loop().execute(() -> {
                        if (failure != null) {
                            onFailure.accept(failure);
                        } else {
                            starts.forEach((partition, at) -> begin(partition, Cursor.at(at)));
                        }
                    }));
        }
    }

    private void begin(Partition partition, Cursor cursor) {
        if (closed || !held.contains(partition) || shares.containsKey(partition)) {
            return;
        }
        Feed feed = new Feed(facilities, partition, selection.in(partition.stream()), onFailure);
        Share share = new Share(dispatch.assigned(cursor), feed, cursor.floor());
        byIndex.add(share);
        shares.put(partition, share);
        facilities.turn().ask();
    }

    private void revoked(Partition partition) {
        held.remove(partition);
        Share share = shares.remove(partition);
        if (share != null) {
            byIndex.set(share.index, null);
            dispatch.revoked(share.index);
            share.feed.close();
        }
    }

    private void wake() {
        for (Share share : shares.values()) {
            if (!share.feed.hasNext() && !share.feed.isReading()) {
                dispatch.readTo(share.index, share.feed.readTo());
            }
            if (!share.active && !share.feed.isIdle()) {
                share.active = true;
                active.add(share);
            }
        }
    }

    /// Reads on where nothing is at hand, and offers what is; returns how much that was.
    private int advance(Share share) {
        Feed feed = share.feed;
        if (byIndex.get(share.index) != share || feed.isIdle()) {
            return 0;
        }
        if (!feed.hasNext()) {
            feed.read(dispatch.readTo(share.index));
        }
        int offered = 0;
        while (offered < EVENTS_A_ROUND && feed.hasNext() && dispatch.wantsMore()) {
            offer(share.index, feed.next());
            offered++;
        }
        if (!feed.hasNext() && !feed.isReading()) {
            dispatch.readTo(share.index, feed.readTo());
            feed.forget();
        }
        return offered + 1;
    }

    private void offer(int index, StoredEvent event) {
        if (selection.reveals(event)) {
            dispatch.accept(index, event);
            dispatch.assign();
        } else {
            dispatch.readTo(index, event.position() + 1);
        }
    }

    private void collectChanges() {
        for (int index = dispatch.nextChanged(); index >= 0; index = dispatch.nextChanged()) {
            Share share = byIndex.get(index);
            if (share != null) {
                store.moved(share.partition());
            }
        }
    }

    private @Nullable Cursor cursorToStore(Partition partition) {
        Share share = shares.get(partition);
        if (share == null) {
            return null;
        }
        Cursor cursor = dispatch.cursor(share.index);
        share.storedFloor = cursor.floor();
        return cursor;
    }

    private void storeWhatWasSkipped(Share share) {
        if (dispatch.cursor(share.index).floor() > share.storedFloor) {
            store.moved(share.partition());
        }
    }

    private void catchUp(Share share, Selection before) {
        Map<EventType, Grant> gained = new HashMap<>(selection.types());
        gained.keySet().removeAll(before.types().keySet());
        Selection late = new Selection(gained);
        Instant since = gained.values().stream()
                .map(Grant::since)
                .min(Instant::compareTo)
                .orElse(null);
        if (since == null) {
            return;
        }
        catchingUp++;
        new CatchUp(
                        facilities,
                        share.partition(),
                        late,
                        dispatch.readTo(share.index),
                        new CatchUp.Outcome(event -> lateFound(share, event), this::caughtUp, onFailure))
                .from(share.partition(), Instant.ofEpochMilli(since.toEpochMilli()));
    }

    private void lateFound(Share share, StoredEvent event) {
        if (byIndex.get(share.index) == share) {
            dispatch.accept(share.index, event);
        }
    }

    private void caughtUp() {
        catchingUp--;
        facilities.turn().ask();
    }
}
