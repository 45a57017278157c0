package dev.tidings.broker.dispatch;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.EventType;
import dev.tidings.model.KeyHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which instance of a group gets which event: a pure state machine.
///
/// An event that was read is *outstanding* until it is settled. It waits, or an instance holds it, or it is dying
/// (its report as dead is being kept). What waits is in one of two places. **Ready** is what anybody may have:
/// events without a key, and the first event of each key that nobody holds events of; lowest first, so that what
/// was taken back goes ahead of what is newer. **Owned** is what waits for a key in flight: it goes to the member
/// that holds the key, or becomes ready when nothing of the key is in flight any more. So a key never has two
/// owners, and its events leave in order.
///
/// New events should be offered by [#accept] only while [#wantsMore]: then somebody can take them, and what
/// waits for busy keys stays bounded.
public final class GroupDispatch {
    private final Limits limits;
    private final List<@Nullable Outstanding> partitions = new ArrayList<>();
    private final List<GroupMember> members = new ArrayList<>();
    private final ArrayDeque<GroupMember> hungry = new ArrayDeque<>();
    private final ArrayDeque<GroupMember> feedable = new ArrayDeque<>();
    private final ArrayDeque<Outstanding> changed = new ArrayDeque<>();
    private final ArrayDeque<Pending> exhausted = new ArrayDeque<>();
    private final PriorityQueue<Pending> ready = new PriorityQueue<>(Comparator.comparingLong(event -> event.sequence));
    private long sequence;
    private int waiting;
    private int inFlight;
    private int dying;
    private long redeliveries;

    /// @param maxWaiting    how many events may wait for busy keys before nothing more is read
    /// @param maxDeliveries after how many deliveries that ended unconfirmed an event is dead; 0: never
    public record Limits(int maxWaiting, int maxDeliveries) {}

    public GroupDispatch(Limits limits) {
        this.limits = limits;
    }

    /// The group reads this partition from now on; returns its index, which is never used again.
    public int assigned(Cursor cursor) {
        partitions.add(new Outstanding(partitions.size(), cursor));
        return partitions.size() - 1;
    }

    /// The group does not read this partition any more. What is in flight of it can't be settled any more.
    public void revoked(int partition) {
        Outstanding home = home(partition);
        changed.remove(home);
        partitions.set(partition, null);
        for (Pending event = home.first(); event != null; event = event.next) {
            leave(event);
            event.state = Pending.State.GONE;
        }
    }

    public GroupMember open(Ledger ledger) {
        GroupMember member = new GroupMember(ledger);
        members.add(member);
        ledger.onRoom(() -> hasRoom(member));
        hasRoom(member);
        return member;
    }

    /// The instance ends: closes its ledger, and takes back what it holds.
    public void close(GroupMember member) {
        member.closed = true;
        members.remove(member);
        member.ledger.close();
        for (KeyQueue key = member.owned.poll(); key != null; key = member.owned.poll()) {
            if (key.owner == member) {
                key.listed = false;
                key.owner = null;
            }
        }
    }

    /// Takes an event that was read; false where it was settled before or is outstanding already.
    public boolean accept(int partition, StoredEvent event) {
        Outstanding home = home(partition);
        if (home.wasSettled(event.position())) {
            home.readTo(event.position() + 1);
            return false;
        }
        Pending pending = new Pending(this, home, event, sequence++);
        if (!home.add(pending)) {
            return false;
        }
        if (event.keyHash() != KeyHash.NONE) {
            pending.key = home.keyOf(event);
        }
        waiting++;
        if (isExhausted(pending)) {
            die(pending);
        } else {
            enqueue(pending);
        }
        return true;
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
        do {
            giveOwned();
        } while (giveReady());
    }

    /// Whether somebody wants more than what waits, and there is room for what will have to wait.
    public boolean wantsMore() {
        return waiting < limits.maxWaiting && someHungry();
    }

    /// Takes back what a member was given up to this offset, and what it holds of the same keys.
    public void expire(GroupMember member, long upTo) {
        Ledger ledger = member.ledger;
        Set<KeyQueue> keys = keysHeld(ledger, upTo);
        for (long offset = ledger.last(); offset >= ledger.firstOpen(); offset--) {
            if (ledger.held(offset) instanceof Pending event
                    && (offset <= upTo || event.key != null && keys.contains(event.key))) {
                ledger.takeBack(offset);
            }
        }
    }

    /// An event that has used up its deliveries, once; it is dying until it is buried.
    public @Nullable Pending nextExhausted() {
        return exhausted.poll();
    }

    /// Cursors written from now on show this dying event as settled, until it is buried or revived.
    public void depart(Pending event) {
        event.departing = true;
    }

    /// The report of a dying event could not be kept: it is not dead. It waits to be delivered again, unless it has
    /// used up its deliveries: then it dies again.
    public void revive(Pending event) {
        event.departing = false;
        if (event.state != Pending.State.DYING) {
            return;
        }
        if (isExhausted(event)) {
            exhausted.add(event);
        } else {
            dying--;
            inFlight++;
            event.state = Pending.State.HELD;
            putBack(event);
        }
    }

    /// The report of a dying event could not be kept, and the instance that made it holds the event again.
    public void resume(Pending event) {
        event.departing = false;
        if (event.state == Pending.State.DYING) {
            dying--;
            inFlight++;
            event.state = Pending.State.HELD;
        }
    }

    /// The index of a partition whose cursor has changed since it was last asked for; -1 where there is none.
    public int nextChanged() {
        Outstanding home = changed.poll();
        if (home == null) {
            return -1;
        }
        home.changed = false;
        return home.index;
    }

    /// What became of a dying event is kept now: it is settled.
    public void bury(Pending event) {
        if (event.state == Pending.State.DYING) {
            finish(event);
        }
    }

    /// An event that waits is not there any more, or not for this group.
    public void drop(Pending event) {
        if (event.state == Pending.State.WAITING) {
            leave(event);
            event.state = Pending.State.GONE;
            event.home.remove(event);
        }
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
        boolean someRoom = someHungry();
        String blocked = null;
        if (someRoom && waiting >= limits.maxWaiting) {
            blocked = "blocked: " + waiting + " events wait for keys that are in flight";
        } else if (!members.isEmpty() && members.stream().allMatch(member -> member.ledger.isFull())) {
            blocked = "blocked: unconfirmed";
        }
        return new DispatchState(members.size(), inFlight, waiting, dying, redeliveries, blocked);
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

    void settle(Pending event) {
        if (event.state == Pending.State.HELD) {
            finish(event);
        }
    }

    void takeBack(Pending event) {
        if (event.state != Pending.State.HELD) {
            return;
        }
        event.attempts++;
        change(event.home);
        if (isExhausted(event)) {
            die(event);
        } else {
            redeliveries++;
            putBack(event);
        }
    }

    void rollBack(Pending event) {
        if (event.state == Pending.State.HELD) {
            putBack(event);
        }
    }

    void release(Pending event) {
        if (event.state == Pending.State.HELD) {
            inFlight--;
            dying++;
            event.state = Pending.State.DYING;
        }
    }

    private void hasRoom(GroupMember member) {
        if (!member.hasRoom()) {
            return;
        }
        if (!member.hungry) {
            member.hungry = true;
            hungry.add(member);
        }
        if (!member.feedable && !member.owned.isEmpty()) {
            member.feedable = true;
            feedable.add(member);
        }
    }

    /// Whether somebody has room; forgets those that have none, until they have some again.
    private boolean someHungry() {
        for (GroupMember member = hungry.peek(); member != null; member = hungry.peek()) {
            if (member.hasRoom()) {
                return true;
            }
            member.hungry = false;
            hungry.poll();
        }
        return false;
    }

    private void giveOwned() {
        for (GroupMember member = feedable.poll(); member != null; member = feedable.poll()) {
            member.feedable = false;
            while (member.hasRoom()) {
                Pending event = member.nextOwned();
                if (event == null) {
                    break;
                }
                give(member, event);
            }
        }
    }

    /// Gives ready events, one to each hungry member in turn; true where something owned can be given after that.
    private boolean giveReady() {
        while (feedable.isEmpty() && !ready.isEmpty() && someHungry()) {
            Pending event = ready.remove();
            KeyQueue key = event.key;
            if (key != null) {
                key.ready = false;
            }
            if (event.state == Pending.State.WAITING) {
                GroupMember member = hungry.remove();
                hungry.add(member);
                give(member, event);
            } else if (key != null) {
                relist(event.home, key);
            }
        }
        return !feedable.isEmpty();
    }

    private void give(GroupMember member, Pending event) {
        waiting--;
        inFlight++;
        event.state = Pending.State.HELD;
        event.lastHolder = member.ledger;
        KeyQueue key = event.key;
        if (key != null) {
            key.pop();
            key.owner = member;
            key.inFlight++;
            relist(event.home, key);
        }
        member.ledger.give(event);
    }

    private void enqueue(Pending event) {
        KeyQueue key = event.key;
        if (key == null) {
            ready.add(event);
        } else {
            key.append(event);
            relist(event.home, key);
        }
    }

    private void putBack(Pending event) {
        inFlight--;
        waiting++;
        event.state = Pending.State.WAITING;
        KeyQueue key = event.key;
        if (key == null) {
            ready.add(event);
        } else {
            key.inFlight--;
            key.insert(event);
            relist(event.home, key);
        }
    }

    private void die(Pending event) {
        KeyQueue key = event.key;
        boolean held = event.state == Pending.State.HELD;
        leave(event);
        dying++;
        event.state = Pending.State.DYING;
        exhausted.add(event);
        if (key != null) {
            key.inFlight += held ? 0 : 1;
            relist(event.home, key);
        }
    }

    private void finish(Pending event) {
        leave(event);
        change(event.home);
        event.state = Pending.State.GONE;
        event.home.remove(event);
        KeyQueue key = event.key;
        if (key != null) {
            key.inFlight--;
            relist(event.home, key);
        }
    }

    private void change(Outstanding home) {
        if (!home.changed) {
            home.changed = true;
            changed.add(home);
        }
    }

    /// Takes it out of the counts of its state.
    private void leave(Pending event) {
        switch (event.state) {
            case WAITING -> waiting--;
            case HELD -> inFlight--;
            case DYING -> dying--;
            case GONE -> {}
        }
    }

    /// Puts what waits for a key where whoever may have it will find it.
    private void relist(Outstanding home, KeyQueue key) {
        GroupMember owner = key.owner;
        if (owner != null && (owner.closed || key.inFlight == 0)) {
            key.owner = null;
            key.listed = false;
            owner = null;
        }
        Pending head = key.head();
        if (head == null) {
            if (key.inFlight == 0 && !key.ready) {
                home.keys.remove(key.hash);
            }
        } else if (key.inFlight == 0 && !key.ready) {
            key.ready = true;
            ready.add(head);
        } else if (owner != null && !key.listed) {
            key.listed = true;
            owner.owned.add(key);
            hasRoom(owner);
        }
    }

    private boolean isExhausted(Pending event) {
        return limits.maxDeliveries > 0 && event.attempts >= limits.maxDeliveries;
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
