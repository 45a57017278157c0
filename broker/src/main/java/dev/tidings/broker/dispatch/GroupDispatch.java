package dev.tidings.broker.dispatch;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.EventType;
import dev.tidings.model.KeyHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which instance of a group gets which event: a pure state machine.
///
/// An event that was read is *outstanding* until it is settled. It waits ([Queues] says for whom), or an instance
/// holds it, or it is dying (its report as dead is being kept).
///
/// New events should be offered by [#accept] only while [#wantsMore]: then somebody can take them, and what
/// waits for busy keys stays bounded.
public final class GroupDispatch {
    private static final NavigableMap<Long, Long> NO_DUES = Collections.emptyNavigableMap();

    /// Which part of what may wait there may be for a partition to be read on of which something is throttled.
    private static final int THROTTLED_SHARES = 8;

    private final Limits limits;
    private final List<@Nullable Outstanding> partitions = new ArrayList<>();
    private final List<GroupMember> members = new ArrayList<>();
    private final Counts counts;
    private final Queues queues;
    private final Lifecycle lifecycle;
    private final Reservations reservations;
    private long sequence;
    private boolean toldGates;

    /// @param maxWaiting    how many events may wait for busy keys before nothing more is read
    /// @param maxDeliveries after how many deliveries that ended unconfirmed an event is dead; 0: never
    public record Limits(int maxWaiting, int maxDeliveries) {}

    public GroupDispatch(Limits limits, Allowance allowance) {
        this(limits, allowance, Gates.NONE);
    }

    /// @param gates what deliveries pass; told of by [#gatesChanged]
    public GroupDispatch(Limits limits, Allowance allowance, Gates gates) {
        this.limits = limits;
        this.counts = new Counts(allowance);
        this.queues = new Queues(counts, new GateQueues(gates));
        this.lifecycle = new Lifecycle(limits.maxDeliveries(), counts, queues);
        this.reservations = new Reservations(queues);
    }

    /// The group reads this partition from now on; returns its index, which is never used again.
    public int assigned(Cursor cursor) {
        return assigned(cursor, Map.of());
    }

    /// @param dues until when events that were given back have to wait, by position, milliseconds since the epoch
    public int assigned(Cursor cursor, Map<Long, Long> dues) {
        partitions.add(new Outstanding(partitions.size(), cursor, dues));
        return partitions.size() - 1;
    }

    /// The group does not read this partition any more. What is in flight of it can't be settled any more.
    public void revoked(int partition) {
        Outstanding home = home(partition);
        lifecycle.forget(home);
        partitions.set(partition, null);
        for (Pending event = home.first(); event != null; event = event.next) {
            counts.move(event, Pending.State.GONE);
        }
    }

    /// @param process what it belongs to, and gets first what that has left; null: to none
    public GroupMember open(Ledger ledger, @Nullable String process) {
        GroupMember member = new GroupMember(ledger, process);
        members.add(member);
        ledger.onRoom(() -> queues.hasRoom(member));
        queues.hasRoom(member);
        if (process != null) {
            reservations.returned(process, member);
        }
        return member;
    }

    /// The instance ends: closes its ledger, and takes back what it holds.
    public void close(GroupMember member) {
        leaves(member);
        member.ledger.close();
        queues.disowned(member);
    }

    /// The instance ends: closes its ledger, takes back what it holds, and reserves it for its process until it is
    /// to be [#release]d; null where nothing is reserved.
    public @Nullable Reservation closeReserving(GroupMember member) {
        leaves(member);
        return reservations.close(member, Objects.requireNonNull(member.process), members);
    }

    /// The time of a process is over: what was not given to it is anybody's.
    public void release(Reservation reservation) {
        reservations.release(reservation);
    }

    /// Whether something waits for a process that is away.
    public boolean isReserving() {
        return !reservations.isEmpty();
    }

    /// Takes an event that was read; false where it was settled before or is outstanding already.
    public boolean accept(int partition, StoredEvent event) {
        Outstanding home = home(partition);
        if (home.wasSettled(event.position())) {
            home.readTo(event.position() + 1);
            return false;
        }
        Pending pending = new Pending(lifecycle, home, event, sequence++);
        return home.add(pending) && begin(pending, event);
    }

    /// Takes an event that was passed by before, since its type was not granted then; false where it is outstanding
    /// already. It lies below [#readTo].
    public boolean acceptLate(int partition, StoredEvent event) {
        Outstanding home = home(partition);
        Pending pending = new Pending(lifecycle, home, event, sequence++);
        return home.addLate(pending) && begin(pending, event);
    }

    /// Everything below this position was read: what was not [#accept]ed is not for this group.
    public void readTo(int partition, long position) {
        home(partition).readTo(position);
    }

    /// Where to read on.
    public long readTo(int partition) {
        return home(partition).readTo();
    }

    /// Gives what waits to those that want it.
    public void assign() {
        queues.assign();
    }

    /// Whether somebody wants more than what waits, and there is room for what will have to wait.
    public boolean wantsMore() {
        return isBelow(limits.maxWaiting) && counts.hasRoom() && queues.someHungry();
    }

    /// Whether more of this partition is wanted: where events of it are throttled, less is read ahead, so that they
    /// leave room for others.
    public boolean wantsMore(int partition) {
        boolean full = home(partition).throttled > 0 && !isBelow(limits.maxWaiting / THROTTLED_SHARES);
        return !full && wantsMore();
    }

    private boolean isBelow(int waiting) {
        return counts.waiting() + counts.parked() + counts.throttled() < waiting;
    }

    /// There are other gates than before.
    ///
    /// @param some whether there are any
    public void gatesChanged(boolean some) {
        queues.gatesChanged(some);
        for (Outstanding home : partitions) {
            for (Pending event = home == null ? null : home.first(); event != null; event = event.next) {
                if (event.state == Pending.State.HELD) {
                    queues.gates().reenter(event);
                }
            }
        }
    }

    /// Gates that were shut may let something through.
    public void askGates() {
        queues.gates().reopen();
    }

    /// Tells the gates how much waits at them.
    public void tellGates() {
        if (counts.throttled() > 0 || toldGates) {
            toldGates = counts.throttled() > 0;
            queues.gates().tell(queues.someHungry());
        }
    }

    /// Whether somebody wants more, and only the client's allowance stands in the way.
    public boolean isHeldBack() {
        return !counts.hasRoom() && queues.someHungry();
    }

    /// The group is not used any more.
    public void close() {
        counts.clear();
    }

    /// How many events wait for an instance.
    public int waiting() {
        return counts.waiting() + counts.throttled();
    }

    /// Takes back what a member was given up to this offset, and what it holds of the same keys. As long as there are
    /// others, it gets nothing more until it settles something.
    public void expire(GroupMember member, long upTo) {
        Ledger ledger = member.ledger;
        Set<KeyQueue> keys = keysHeld(ledger, upTo);
        keys.forEach(queues::free);
        for (long offset = ledger.last(); offset >= ledger.firstOpen(); offset--) {
            if (ledger.held(offset) instanceof Pending event
                    && (offset <= upTo || event.key != null && keys.contains(event.key))) {
                ledger.takeBack(offset);
            }
        }
        ledger.pause();
        resumeWhereAllPause();
    }

    /// An instance gives one event back, undone: it may be given to anybody again when it is due, and nothing of its
    /// key before it. What the instance holds of that key behind it goes back, too, and does not count as a
    /// delivery.
    ///
    /// @param dueMillis milliseconds since the epoch; 0: at once
    /// @return whether it held the event
    public boolean giveBack(GroupMember member, long offset, long dueMillis) {
        Ledger ledger = member.ledger;
        if (!(ledger.held(offset) instanceof Pending event)) {
            return false;
        }
        for (long later = ledger.last(); event.key != null && later > offset; later--) {
            if (ledger.held(later) instanceof Pending other && other.key == event.key) {
                ledger.undo(later);
            }
        }
        if (event.key != null) {
            queues.free(event.key);
        }
        event.dueMillis = dueMillis;
        ledger.takeBack(offset);
        ledger.resume();
        return true;
    }

    /// What is due by then, milliseconds since the epoch, may be given out.
    public void unpark(long nowMillis) {
        lifecycle.unpark(nowMillis);
    }

    /// When the next event that was given back is due, milliseconds since the epoch; [Long#MAX_VALUE] where none waits.
    public long nextDue() {
        return lifecycle.nextDue();
    }

    /// Until when events of a partition that were given back have to wait, by position, milliseconds since the epoch.
    public NavigableMap<Long, Long> dues(int partition) {
        return counts.parked() == 0 && !home(partition).hasRestoredDues()
                ? NO_DUES
                : home(partition).dues();
    }

    /// An event that has used up its deliveries, once; it is dying until it is buried.
    public @Nullable Pending nextExhausted() {
        return lifecycle.nextExhausted();
    }

    /// Cursors written from now on show this dying event as settled, until it is buried or revived.
    public void depart(Pending event) {
        event.departing = true;
    }

    /// The report of a dying event could not be kept: it is not dead. It waits to be delivered again, unless it has
    /// used up its deliveries: then it dies again.
    public void revive(Pending event) {
        lifecycle.revive(event);
    }

    /// The report of a dying event could not be kept, and the instance that made it holds the event again.
    public void resume(Pending event) {
        lifecycle.resume(event);
    }

    /// The index of a partition whose cursor has changed since it was last asked for; -1 where there is none.
    public int nextChanged() {
        Outstanding home = lifecycle.nextChanged();
        return home == null ? -1 : home.index;
    }

    /// What became of a dying event is kept now: it is settled.
    public void bury(Pending event) {
        lifecycle.bury(event);
    }

    /// An event that waits is not there any more, or not for this group.
    public void drop(Pending event) {
        lifecycle.drop(event);
    }

    /// Drops what waits of all other types.
    public void keep(Predicate<EventType> types) {
        for (Outstanding home : partitions) {
            Pending event = home == null ? null : home.first();
            while (event != null) {
                Pending next = event.next;
                if (!types.test(event.type)) {
                    drop(event);
                }
                event = next;
            }
        }
    }

    public Cursor cursor(int partition) {
        return home(partition).cursor();
    }

    public DispatchState state() {
        int waiting = counts.waiting() + counts.reserved() + counts.parked() + counts.throttled();
        String blocked = null;
        if (queues.someHungry() && !isBelow(limits.maxWaiting)) {
            blocked = "blocked: " + waiting + " events wait for keys that are in flight, or to be due again";
        } else if (isHeldBack()) {
            blocked = "blocked: " + counts.all() + " events are unsettled, and the client's groups may hold no more";
        } else if (!members.isEmpty() && members.stream().allMatch(member -> member.ledger.isFull())) {
            blocked = "blocked: unconfirmed";
        }
        return new DispatchState(
                members.size(), counts.held(), waiting, counts.dying(), lifecycle.redeliveries(), blocked);
    }

    /// How many events of a partition were read and are not settled.
    public int outstanding(int partition) {
        return home(partition).size();
    }

    /// When the oldest outstanding event of a partition was accepted; [Long#MAX_VALUE] where there is none.
    public long oldestMillis(int partition) {
        Pending first = home(partition).first();
        return first == null ? Long.MAX_VALUE : first.acceptedMillis;
    }

    private void leaves(GroupMember member) {
        member.closed = true;
        members.remove(member);
        resumeWhereAllPause();
    }

    private void resumeWhereAllPause() {
        if (members.stream().allMatch(member -> member.ledger.isPaused())) {
            members.forEach(member -> member.ledger.resume());
        }
    }

    private boolean begin(Pending pending, StoredEvent event) {
        if (event.keyHash() != KeyHash.NONE) {
            pending.key = pending.home.keyOf(event);
        }
        lifecycle.begin(pending);
        return true;
    }

    private static Set<KeyQueue> keysHeld(Ledger ledger, long upTo) {
        Set<KeyQueue> keys = new HashSet<>();
        for (long offset = ledger.firstOpen(); offset <= Math.min(upTo, ledger.last()); offset++) {
            if (ledger.held(offset) instanceof Pending event && event.key != null) {
                keys.add(event.key);
            }
        }
        return keys;
    }

    private Outstanding home(int partition) {
        Outstanding home = partitions.get(partition);
        if (home == null) {
            throw new IllegalStateException("partition " + partition + " was revoked");
        }
        return home;
    }
}
