package dev.tidings.broker.dispatch;

import dev.tidings.model.KeyHash;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What waits, and who wants it.
///
/// **Ready** is what anybody may have: events without a key, and the first event of each key that nobody holds events
/// of; lowest first, so that what was taken back goes ahead of what is newer. **Owned** is what waits for a key in
/// flight: it goes to the member that holds the key, or becomes ready when nothing of the key is in flight any more.
/// So a key never has two owners, and its events leave in order. What is **reserved** is owned without being in flight.
/// What is **parked** is nobody's until it is due; of its key, nothing behind it goes ahead of it. What is
/// **throttled**
/// waits in the same way for the gate of its type.
final class Queues {
    private final Counts counts;
    private final GateQueues gates;
    private final PriorityQueue<Pending> ready = new PriorityQueue<>(Comparator.comparingLong(event -> event.sequence));
    private final ArrayDeque<GroupMember> hungry = new ArrayDeque<>();
    private final ArrayDeque<GroupMember> feedable = new ArrayDeque<>();
    /// What takes in that which is put back, and who owns it then; null: nothing does.
    private @Nullable Reservation reservation;

    private @Nullable GroupMember heir;

    Queues(Counts counts, GateQueues gates) {
        this.counts = counts;
        this.gates = gates;
    }

    GateQueues gates() {
        return gates;
    }

    /// The member may want something now.
    void hasRoom(GroupMember member) {
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
    boolean someHungry() {
        for (GroupMember member = hungry.peek(); member != null; member = hungry.peek()) {
            if (member.hasRoom()) {
                return true;
            }
            member.hungry = false;
            hungry.poll();
        }
        return false;
    }

    /// Gives what waits to those that want it.
    void assign() {
        do {
            giveOwned();
        } while (giveReady() || askGates());
    }

    /// Has the first that waits at a gate try to pass it again; false where none can.
    private boolean askGates() {
        Pending next = counts.throttled() > 0 && someHungry() ? gates.next() : null;
        if (next != null) {
            unthrottle(next);
        }
        return next != null;
    }

    private void unthrottle(Pending event) {
        counts.move(event, Pending.State.WAITING);
        unpark(event);
    }

    /// There are other gates than before: nothing waits at one until it has come to it.
    void gatesChanged(boolean some) {
        for (Pending event = gates.any(); event != null; event = gates.any()) {
            unthrottle(event);
        }
        gates.changed(some);
    }

    /// A new event waits.
    void add(Pending event) {
        KeyQueue key = event.key;
        if (key == null) {
            ready.add(event);
        } else {
            key.insert(event);
            relist(event.home, key);
        }
    }

    /// An event that was held waits again.
    void putBack(Pending event) {
        KeyQueue key = event.key;
        if (reservation != null && heir != null) {
            reserve(event, reservation, heir);
        } else if (key == null) {
            ready.add(event);
        } else {
            key.inFlight--;
            key.insert(event);
            relist(event.home, key);
        }
    }

    /// What is put back from now on is reserved, and owned by this member.
    void reserveFor(Reservation by, GroupMember owner) {
        reservation = by;
        heir = owner;
    }

    void reserveForNobody() {
        reservation = null;
        heir = null;
    }

    private void reserve(Pending event, Reservation by, GroupMember owner) {
        KeyQueue key = event.key;
        if (key == null) {
            key = new KeyQueue(KeyHash.NONE);
            key.inFlight = 1;
            event.key = key;
        }
        counts.move(event, Pending.State.RESERVED);
        if (key.reservation != by) {
            by.keys.add(key);
        }
        key.reserve(by, event.position);
        key.inFlight--;
        key.insert(event);
        bequeath(key, owner);
    }

    /// What is reserved of a key, and was not given to its owner, is anybody's.
    void free(KeyQueue key) {
        unreserve(key);
        Pending head = key.head();
        if (head != null) {
            relist(head.home, key);
        }
    }

    private void unreserve(KeyQueue key) {
        if (key.reservation == null) {
            return;
        }
        key.reservation = null;
        for (Pending event = key.head(); event != null; event = event.nextOfKey) {
            if (event.state == Pending.State.RESERVED) {
                counts.move(event, Pending.State.WAITING);
            }
        }
    }

    /// An event that was held waits until it is due, and what is of its key behind it, too.
    void park(Pending event) {
        KeyQueue key = event.key;
        if (key != null) {
            key.inFlight--;
            key.insert(event);
            relist(event.home, key);
        }
    }

    /// A new event waits until it is due.
    void addParked(Pending event) {
        KeyQueue key = event.key;
        if (key != null) {
            key.insert(event);
        }
    }

    /// An event that was parked may be given out.
    void unpark(Pending event) {
        KeyQueue key = event.key;
        if (key == null) {
            ready.add(event);
        } else {
            relist(event.home, key);
        }
    }

    /// An event that waited is gone.
    void dropped(Pending event) {
        KeyQueue key = event.key;
        if (key != null) {
            relist(event.home, key);
        }
    }

    /// An event that was held, or was dying, is gone.
    void finished(Pending event) {
        KeyQueue key = event.key;
        if (key != null) {
            key.inFlight--;
            relist(event.home, key);
        }
    }

    /// A new event holds its key though nobody has it.
    void blocks(Pending event) {
        KeyQueue key = event.key;
        if (key != null) {
            key.inFlight++;
        }
    }

    /// What waits for a key was with a member that is closed.
    void disowned(GroupMember member) {
        for (KeyQueue key = member.owned.poll(); key != null; key = member.owned.poll()) {
            if (key.owner == member) {
                key.listed = false;
                key.owner = null;
                free(key);
            }
        }
    }

    /// What waits for these keys is another's now.
    void bequeath(List<KeyQueue> keys, GroupMember owner) {
        keys.forEach(key -> bequeath(key, owner));
    }

    private void bequeath(KeyQueue key, GroupMember owner) {
        key.owner = owner;
        key.listed = false;
        key.heldUp = true;
        Pending head = key.head();
        if (head != null) {
            relist(head.home, key);
        }
    }

    private void giveOwned() {
        for (GroupMember member = feedable.poll(); member != null; member = feedable.poll()) {
            member.feedable = false;
            while (member.hasRoom()) {
                Pending event = member.nextOwned();
                if (event == null) {
                    break;
                }
                if (gates.pass(event)) {
                    give(member, event);
                } else {
                    throttle(event);
                }
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
                event = key.headOr(event);
            }
            if (event.state == Pending.State.WAITING && !gates.pass(event)) {
                throttle(event);
            } else if (event.state == Pending.State.WAITING) {
                GroupMember member = hungry.remove();
                hungry.add(member);
                give(member, event);
            } else if (key != null) {
                relist(event.home, key);
            }
        }
        return !feedable.isEmpty();
    }

    private void throttle(Pending event) {
        counts.move(event, Pending.State.THROTTLED);
        gates.add(event);
    }

    private void give(GroupMember member, Pending event) {
        counts.move(event, Pending.State.HELD);
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

    /// Puts what waits for a key where whoever may have it will find it.
    private void relist(Outstanding home, KeyQueue key) {
        GroupMember owner = key.owner;
        key.heldUp &= key.inFlight > 0;
        if (owner != null && (owner.closed || key.isFree())) {
            key.owner = null;
            key.listed = false;
            unreserve(key);
            owner = null;
        }
        Pending head = key.head();
        if (head == null) {
            if (key.inFlight == 0 && !key.ready) {
                home.keys.remove(key.hash);
            }
        } else if (!head.isParked()) {
            list(key, owner, head);
        }
    }

    private void list(KeyQueue key, @Nullable GroupMember owner, Pending head) {
        if (key.isFree() && !key.ready) {
            key.ready = true;
            ready.add(head);
        } else if (owner != null && !key.listed && !key.heldUp) {
            key.listed = true;
            owner.owned.add(key);
            hasRoom(owner);
        }
    }
}
