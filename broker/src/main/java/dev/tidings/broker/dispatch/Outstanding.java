package dev.tidings.broker.dispatch;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.StoredEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a group has read of one partition and not settled, in order of position. Everything else below
/// [#readTo] is settled, so the size of this list, not the distance to the floor, is what memory grows with.
final class Outstanding {
    final int index;
    final KeyTable keys = new KeyTable();
    private final Ranges restored;
    /// Of what was not read again yet.
    private final NavigableMap<Long, Integer> restoredAttempts;
    /// Until when what was not read again yet is parked.
    private final NavigableMap<Long, Long> restoredDues;
    private long readTo;
    private int size;
    private @Nullable Pending head;
    private @Nullable Pending tail;
    /// The last one added late: the next one probably belongs behind it.
    private @Nullable Pending late;

    /// How many of its events wait for the gate of their type.
    int throttled;
    /// Whether the cursor has changed by more than reading on.
    boolean changed;

    Outstanding(int index, Cursor cursor, Map<Long, Long> dues) {
        this.index = index;
        this.restored = cursor.settled();
        this.restoredAttempts = new TreeMap<>(cursor.attempts());
        this.restoredDues = new TreeMap<>(dues);
        this.readTo = cursor.floor();
    }

    long readTo() {
        return readTo;
    }

    int size() {
        return size;
    }

    @Nullable
    Pending first() {
        return head;
    }

    void readTo(long position) {
        readTo = Math.max(readTo, position);
    }

    boolean wasSettled(long position) {
        return !restored.isEmpty() && restored.contains(position);
    }

    /// Adds an event, usually at the end; false where it is in already.
    boolean add(Pending pending) {
        Pending after = tail;
        while (after != null && after.position > pending.position) {
            after = after.previous;
        }
        return insert(after, pending);
    }

    /// Adds an event far from the end; false where it is in already.
    boolean addLate(Pending pending) {
        Pending after = late != null && late.position < pending.position ? late : null;
        Pending before = after == null ? head : after.next;
        while (before != null && before.position <= pending.position) {
            after = before;
            before = before.next;
        }
        boolean inserted = insert(after, pending);
        late = inserted ? pending : late;
        return inserted;
    }

    private boolean insert(@Nullable Pending after, Pending pending) {
        if (after != null && after.position == pending.position) {
            return false;
        }
        link(after, pending);
        size++;
        readTo(pending.position + 1);
        if (!restoredAttempts.isEmpty()) {
            Integer attempts = restoredAttempts.remove(pending.position);
            pending.attempts = attempts == null ? 0 : attempts;
        }
        if (!restoredDues.isEmpty()) {
            Long due = restoredDues.remove(pending.position);
            pending.dueMillis = due == null ? 0 : due;
        }
        return true;
    }

    void remove(Pending pending) {
        Pending before = pending.previous;
        if (late == pending) {
            late = before;
        }
        Pending after = pending.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
        pending.previous = null;
        pending.next = null;
        size--;
    }

    KeyQueue keyOf(StoredEvent event) {
        KeyQueue known = keys.get(event.keyHash());
        return known != null ? known : keys.add(event.keyHash());
    }

    Cursor cursor() {
        CursorBuilder builder = new CursorBuilder();
        Map<Long, Integer> attempts = new HashMap<>();
        for (Pending pending = head; pending != null; pending = pending.next) {
            if (!pending.departing) {
                builder.outstanding(pending.position);
                if (pending.attempts > 0) {
                    attempts.put(pending.position, pending.attempts);
                }
            }
        }
        attempts.putAll(restoredAttempts.tailMap(readTo, true));
        return builder.build(readTo, restored, attempts);
    }

    boolean hasRestoredDues() {
        return !restoredDues.isEmpty();
    }

    /// Until when what is parked has to wait, by position, milliseconds since the epoch.
    NavigableMap<Long, Long> dues() {
        NavigableMap<Long, Long> dues = new TreeMap<>(restoredDues.tailMap(readTo, true));
        for (Pending pending = head; pending != null; pending = pending.next) {
            if (pending.state == Pending.State.PARKED) {
                dues.put(pending.position, pending.dueMillis);
            }
        }
        return dues;
    }

    private void link(@Nullable Pending after, Pending pending) {
        Pending before = after == null ? head : after.next;
        pending.previous = after;
        pending.next = before;
        if (after == null) {
            head = pending;
        } else {
            after.next = pending;
        }
        if (before == null) {
            tail = pending;
        } else {
            before.previous = pending;
        }
    }
}
