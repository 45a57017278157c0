package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.LaneDispatch;
import dev.tidings.broker.dispatch.LaneMember;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Groups.Membership;
import dev.tidings.engine.Groups.MembershipListener;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client's test or dead lane while somebody reads or settles it. Belongs to its client's loop.
public final class ClientLane {
    private static final int EVENTS_A_TURN = 1024;

    private final Place place;
    private final Facilities facilities;
    private final Consumer<Throwable> onFailure;
    private final CursorStore store;
    private final CompletableFuture<LaneDispatch> ready = new CompletableFuture<>();
    private @Nullable Membership membership;
    private @Nullable Feed feed;
    private @Nullable LaneDispatch dispatch;
    private int members;

    /// Which lane it is, where it is kept, and for how long an event is offered.
    public record Place(Lane lane, StreamName stream, GroupName cursor, Duration age) {}

    public ClientLane(Place place, Facilities facilities, Consumer<Throwable> onFailure) {
        this.place = place;
        this.facilities = facilities;
        this.onFailure = onFailure;
        this.store = new CursorStore(place.cursor(), facilities, this::cursorToStore);
    }

    public Lane lane() {
        return place.lane();
    }

    /// An event of it is not there any more.
    public void drop(Held event) {
        started().settle(event.position());
    }

    /// Joins; completes on the loop when the lane is this process's.
    public CompletionStage<LaneDispatch> start() {
        if (membership == null) {
            membership = facilities
                    .engine()
                    .groups()
                    .join(place.cursor(), Set.of(place.stream()), new MembershipListener() {
                        @Override
                        public void assigned(Set<Partition> partitions) {
                            facilities.loop().execute(() -> partitions.forEach(ClientLane.this::begin));
                        }

                        @Override
                        public void revoked(Set<Partition> partitions) {
                            facilities.loop().execute(ClientLane.this::lost);
                        }
                    });
        }
        return ready;
    }

    /// Offers the lane's events to an instance; only once it has started.
    public LaneMember open(Ledger ledger) {
        members++;
        return started().open(ledger);
    }

    public void close(LaneMember member) {
        members--;
        started().close(member);
    }

    /// Hands out what can be handed out; true where more could be done at once.
    public boolean pump() {
        LaneDispatch lane = dispatch;
        Feed from = feed;
        if (lane == null || from == null) {
            return false;
        }
        long cutoff = cutoff();
        lane.expire(cutoff);
        lane.assign();
        int left = EVENTS_A_TURN;
        while (left > 0 && lane.wantsMore()) {
            if (!from.hasNext() && !readOn(lane, from)) {
                break;
            }
            StoredEvent event = from.next();
            if (event.acceptedMillis() >= cutoff) {
                lane.accept(event);
            }
            lane.readTo(event.position() + 1);
            lane.assign();
            left--;
        }
        return left == 0;
    }

    /// The payload of an event offered just now; null where it must be [#want]ed.
    public @Nullable StoredEvent payload(Held event) {
        return feed == null ? null : feed.find(event.position());
    }

    public void want(Wanted wanted) {
        if (feed != null) {
            feed.want(wanted);
            facilities.turn().ask();
        }
    }

    /// Fetches what was asked for by [#want].
    public void fetch() {
        if (feed != null) {
            feed.fetch();
        }
    }

    public boolean isReading() {
        return feed == null || feed.isReading();
    }

    /// Settles an event and stores `together` in the same batch. Completes with true when that is durable; with
    /// false where the event is settled already.
    public CompletionStage<Boolean> settle(long position, Batch together) {
        if (!started().depart(position)) {
            return CompletableFuture.completedStage(false);
        }
        Settling settling = new Settling(position, together);
        store.ride(settling);
        facilities.turn().ask();
        return settling.settled;
    }

    /// Begins to store what has changed.
    public void store() {
        collectChanges();
        store.store();
    }

    /// Completes when everything settled so far is durable.
    public CompletionStage<Void> durable() {
        collectChanges();
        return store.durable();
    }

    public boolean isDone() {
        collectChanges();
        return members == 0 && ready.isDone() && store.isClean();
    }

    public void close() {
        if (feed != null) {
            feed.close();
        }
        if (membership != null) {
            membership.close();
        }
    }

    public Partition partition() {
        return Partition.only(place.stream());
    }

    /// Why nothing more is offered although there is more; null where nothing stands in the way.
    public @Nullable String blocked() {
        return dispatch == null ? null : dispatch.blocked();
    }

    private void begin(Partition partition) {
        Cursor cursor = facilities.engine().groups().cursors(place.cursor()).getOrDefault(partition, Cursor.at(0));
        LaneDispatch lane =
                new LaneDispatch(place.lane(), cursor, facilities.limits().waiting());
        dispatch = lane;
        feed = new Feed(facilities, partition, TypeSelection.ALL, onFailure);
        ready.complete(lane);
        facilities.turn().ask();
    }

    private void lost() {
        onFailure.accept(new IllegalStateException(place.stream() + " was given to another node"));
    }

    private LaneDispatch started() {
        if (dispatch == null) {
            throw new IllegalStateException(place.stream() + " has not started");
        }
        return dispatch;
    }

    /// Whether there is a next event now.
    private static boolean readOn(LaneDispatch lane, Feed from) {
        while (!from.hasNext()) {
            if (!from.isReading()) {
                lane.readTo(from.readTo());
            }
            if (from.isIdle()) {
                return false;
            }
            from.read(lane.readTo());
        }
        return true;
    }

    private long cutoff() {
        return facilities.clock().instant().minus(place.age()).toEpochMilli();
    }

    private void collectChanges() {
        if (dispatch != null && dispatch.takeChanged()) {
            store.moved(partition());
        }
    }

    private CursorStore.@Nullable Progress cursorToStore(Partition partition) {
        return dispatch == null ? null : new CursorStore.Progress(dispatch.cursor(), List.of());
    }

    private final class Settling implements Rider {
        private final long position;
        private final Batch together;
        private final CompletableFuture<Boolean> settled = new CompletableFuture<>();

        Settling(long position, Batch together) {
            this.position = position;
            this.together = together;
        }

        @Override
        public Partition partition() {
            return ClientLane.this.partition();
        }

        @Override
        public Batch batch() {
            return together;
        }

        @Override
        public void stored() {
            started().bury(position);
            settled.complete(true);
        }

        @Override
        public void failed(Throwable failure) {
            started().revive(position);
            settled.completeExceptionally(failure);
        }
    }
}
