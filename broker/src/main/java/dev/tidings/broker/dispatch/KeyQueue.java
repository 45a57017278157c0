package dev.tidings.broker.dispatch;

import org.jspecify.annotations.Nullable;

/// A busy key: who holds events of it, and what waits for it, in order of position.
final class KeyQueue {
    final long hash;
    /// Who gets the next one as long as any is in flight; null where nobody does, or whoever comes.
    @Nullable
    GroupMember owner;
    /// Whose are the first that wait; null where they are nobody's.
    @Nullable
    Reservation reservation;
    /// The last position that is reserved.
    private long reservedUpTo;
    /// How many of its events are with the owner, or dying.
    int inFlight;
    /// Whether some of those in flight were another's: the owner waits for them.
    boolean heldUp;
    /// Whether its head is in the group's queue of what anybody may have.
    boolean ready;
    /// Whether it is in its owner's queue of keys with something to give.
    boolean listed;

    private @Nullable Pending head;
    private @Nullable Pending tail;

    KeyQueue(long hash) {
        this.hash = hash;
    }

    /// Whether whoever comes may have the first that waits.
    boolean isFree() {
        return inFlight == 0 && !isReserved();
    }

    /// Whether the first that waits is somebody's.
    boolean isReserved() {
        if (reservation == null) {
            return false;
        }
        Pending first = head();
        return first != null && first.position <= reservedUpTo;
    }

    /// Everything that waits up to this position is reserved.
    void reserve(Reservation by, long position) {
        reservedUpTo = reservation == null ? position : Math.max(reservedUpTo, position);
        reservation = by;
    }

    /// Whether the first that waits may not be given to anybody yet.
    boolean isParked() {
        Pending first = head();
        return first != null && first.isParked();
    }

    /// The first that waits.
    @Nullable
    Pending head() {
        while (head != null && head.state == Pending.State.GONE) {
            pop();
        }
        return head;
    }

    /// The first that waits, or `otherwise` where none does.
    Pending headOr(Pending otherwise) {
        Pending first = head();
        return first == null ? otherwise : first;
    }

    /// Puts an event in its place in the order: the last for a new one, mostly the first for one that comes back.
    void insert(Pending pending) {
        Pending before = tail != null && tail.position < pending.position ? tail : null;
        Pending after = before == null ? head : null;
        while (after != null && after.position < pending.position) {
            before = after;
            after = after.nextOfKey;
        }
        pending.nextOfKey = after;
        if (before == null) {
            head = pending;
        } else {
            before.nextOfKey = pending;
        }
        if (after == null) {
            tail = pending;
        }
    }

    void pop() {
        Pending popped = head;
        if (popped == null) {
            return;
        }
        head = popped.nextOfKey;
        popped.nextOfKey = null;
        if (head == null) {
            tail = null;
        }
    }
}
