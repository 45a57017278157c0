package dev.tidings.broker.groups;

import dev.tidings.broker.dead.ErrorsOf;
import dev.tidings.broker.dispatch.DispatchState;
import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.broker.dispatch.GroupMember;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.broker.dispatch.Reservation;
import dev.tidings.broker.pressure.GroupGates;
import dev.tidings.broker.pressure.Throttled;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.filter.EventFilter;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A group that has instances: reads its partitions while somebody wants events, and keeps its cursors. Belongs to
/// its client's loop.
public final class Group {

    private final GroupName name;
    private GroupSettings settings;
    private final Facilities facilities;
    private final GroupDispatch dispatch;
    private final CursorStore store;
    private final Holdings holdings;
    private final Alarm alarm;
    private final Sieve sieve;
    private final LookAgain lookAgain;
    private final GroupGates gates;
    private final @Nullable ErrorsOf errors;
    private final Intake intake;
    private int members;
    private long dead;

    public Group(GroupName name, GroupSettings settings, Facilities facilities, Consumer<Throwable> onFailure) {
        this.name = name;
        this.settings = settings;
        this.facilities = facilities;
        this.gates = new GroupGates(facilities.throttles(), facilities.loop(), facilities.turn()::ask);
        this.dispatch = new GroupDispatch(
                new GroupDispatch.Limits(facilities.limits().waiting(), settings.maxDeliveries()),
                facilities.allowance(),
                gates);
        this.alarm = new Alarm(facilities);
        this.lookAgain = new LookAgain(facilities);
        this.store = new CursorStore(name, facilities, this::progressToStore);
        Set<String> errorsOf = settings.errorsOf();
        this.errors = errorsOf == null ? null : new ErrorsOf(facilities.engine(), name.client(), errorsOf);
        this.sieve = new Sieve(name, facilities, errors);
        this.holdings = new Holdings(new Holdings.Owner(name, settings), facilities, dispatch, onFailure);
        this.intake = new Intake(holdings, dispatch, sieve, this::storeWhatWasSkipped);
    }

    public GroupName name() {
        return name;
    }

    public GroupSettings settings() {
        return settings;
    }

    public Selection selection() {
        return holdings.selection();
    }

    /// What it gets where it is an error handler; null: it is none.
    public @Nullable ErrorsOf errors() {
        return errors;
    }

    /// Whether an event that was read before is still the group's to see.
    public boolean mayDeliver(StoredEvent event) {
        return selection().reveals(event) && (errors == null || errors.concerns(event));
    }

    /// Joins, as a group that exists.
    ///
    /// @param filter what its settings say, compiled
    public void resume(Selection granted, @Nullable EventFilter filter) {
        sieve.filter(filter);
        holdings.resume(granted);
    }

    /// Joins, and creates the group: completes when it is stored with where it starts.
    ///
    /// @param together what is stored in the same append
    public CompletionStage<Void> create(Selection granted, Beginning beginning, List<StateChange> together) {
        sieve.filter(beginning.filter());
        return holdings.create(granted, beginning.latest(), together);
    }

    /// How a new group begins.
    ///
    /// @param latest whether it starts behind what there is now
    /// @param filter what its settings say, compiled
    public record Beginning(boolean latest, @Nullable EventFilter filter) {}

    /// Has other settings from now on, but for where it starts.
    public void settings(GroupSettings changed, @Nullable EventFilter filter, Selection granted) {
        settings = changed;
        sieve.filter(filter);
        select(granted);
    }

    /// Reads these types from now on.
    public void select(Selection granted) {
        if (!granted.equals(holdings.selection())) {
            dispatch.keep(granted::includes);
            holdings.select(granted);
            facilities.turn().ask();
        }
        limitsChanged();
    }

    /// Takes over what its types may be delivered at now.
    private void limitsChanged() {
        gates.select(members > 0 ? selection().types().keySet() : Set.of(), dispatch);
    }

    /// What holds its events back, of what its types may be delivered at.
    public List<Throttled> throttled() {
        return gates.throttled();
    }

    /// @param process what the instance belongs to, and gets first what that has left; null: to none
    public GroupMember open(Ledger ledger, @Nullable String process) {
        members++;
        limitsChanged();
        return dispatch.open(ledger, process);
    }

    public void close(GroupMember member) {
        dispatch.close(member);
        left();
    }

    /// What the instance has not confirmed stays reserved for its process, for so long.
    public void close(GroupMember member, Duration reserve) {
        Reservation reservation = dispatch.closeReserving(member);
        if (reservation != null) {
            facilities.loop().after(reserve, () -> {
                dispatch.release(reservation);
                facilities.turn().ask();
            });
        }
        left();
    }

    /// What an instance holds under this offset goes back, and to nobody before this delay is over.
    public void release(GroupMember member, long offset, Duration delay) {
        long dueMillis =
                delay.isZero() ? 0 : facilities.clock().instant().plus(delay).toEpochMilli();
        dispatch.giveBack(member, offset, dueMillis);
    }

    private void left() {
        members--;
        if (members == 0) {
            holdings.all().forEach(this::storeWhatWasSkipped);
            limitsChanged();
        }
    }

    public boolean hasMembers() {
        return members > 0;
    }

    /// Hands out what can be handed out; true where more could be done at once.
    public boolean pump() {
        if (dispatch.nextDue() != Alarm.NEVER) {
            dispatch.unpark(facilities.clock().millis());
        }
        dispatch.askGates();
        dispatch.assign();
        boolean more = intake.read();
        if (dispatch.isHeldBack()) {
            lookAgain.soon();
        }
        alarm.set(dispatch.nextDue()); // also of what was read just now, and had been given back in an earlier life
        return more;
    }

    /// Fetches what was asked for by [#want].
    public void fetch() {
        for (Share share : holdings.all()) {
            share.feed.fetch();
        }
    }

    /// Whether it waits for the store before it knows what else there is.
    public boolean isReading() {
        return holdings.all().stream().anyMatch(Share::isReading)
                || holdings.gaps().isSeeking()
                || !holdings.isComplete();
    }

    /// The payload of an event given just now; null where it must be [#want]ed.
    public @Nullable StoredEvent payload(Held event) {
        Share share = holdings.find(event.partition());
        return share == null ? null : share.find(event.position());
    }

    public void want(Held event, Wanted wanted) {
        Share share = holdings.find(event.partition());
        if (share == null) {
            facilities.loop().execute(() -> {
                wanted.arrived(null);
                facilities.turn().ask();
            });
        } else {
            share.feed.want(wanted);
            facilities.turn().ask();
        }
    }

    public @Nullable Partition partition(Held event) {
        Share share = holdings.find(event.partition());
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
        return burial.done().thenRun(() -> dead++);
    }

    /// How many of its events died: reported, or delivered too often.
    public long dead() {
        return dead;
    }

    /// How many events its filter kept out.
    public long filteredOut() {
        return sieve.filteredOut();
    }

    /// On how many events its filter failed.
    public long filterFailures() {
        return sieve.failures();
    }

    /// The next event that has used up its deliveries.
    public @Nullable Pending nextExhausted() {
        return dispatch.nextExhausted();
    }

    /// Begins to store what has changed.
    public void store() {
        collectChanges();
        if (!holdings.gaps().isSeeking()) {
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
        return members == 0
                && !dispatch.isReserving()
                && store.isClean()
                && dispatch.state().dying() == 0
                && !holdings.gaps().isSeeking();
    }

    public void close() {
        alarm.cancel();
        dispatch.close();
        holdings.close();
        sieve.close();
    }

    public DispatchState state() {
        return dispatch.state();
    }

    /// How far it is behind.
    public CompletionStage<LagProbe> lag() {
        return new Backlog(facilities.engine().log(), holdings, dispatch).probe();
    }

    private void collectChanges() {
        for (int index = dispatch.nextChanged(); index >= 0; index = dispatch.nextChanged()) {
            Share share = holdings.find(index);
            if (share != null) {
                store.moved(share.partition());
            }
        }
    }

    private CursorStore.@Nullable Progress progressToStore(Partition partition) {
        Share share = holdings.find(partition);
        if (share == null) {
            return null;
        }
        Cursor cursor = dispatch.cursor(share.index);
        share.storedFloor = cursor.floor();
        StateChange row = holdings.gaps().row(share);
        return new CursorStore.Progress(cursor, row == null ? List.of() : List.of(row));
    }

    private void storeWhatWasSkipped(Share share) {
        if (dispatch.cursor(share.index).floor() > share.storedFloor) {
            store.moved(share.partition());
        }
    }
}
