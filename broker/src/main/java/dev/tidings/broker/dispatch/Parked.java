package dev.tidings.broker.dispatch;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is parked, by when it is due.
final class Parked {
    static final long NEVER = Long.MAX_VALUE;

    private final PriorityQueue<Pending> byDue = new PriorityQueue<>(
            Comparator.<Pending>comparingLong(event -> event.dueMillis).thenComparingLong(event -> event.sequence));

    void add(Pending event) {
        byDue.add(event);
    }

    /// When the next one is due, milliseconds since the epoch; [#NEVER] where nothing is parked.
    long nextDue() {
        Pending next = next();
        return next == null ? NEVER : next.dueMillis;
    }

    /// Takes out the next that is due by then.
    @Nullable
    Pending poll(long nowMillis) {
        Pending next = next();
        return next != null && next.dueMillis <= nowMillis ? byDue.poll() : null;
    }

    /// The next one; forgets those that are gone.
    private @Nullable Pending next() {
        while (!byDue.isEmpty() && byDue.peek().state != Pending.State.PARKED) {
            byDue.poll();
        }
        return byDue.peek();
    }
}
