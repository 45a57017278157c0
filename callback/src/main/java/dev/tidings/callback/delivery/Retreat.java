package dev.tidings.callback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What was given back to be delivered again later, as far as this process knows: for who asks how a subscription is
/// doing. Bounded: of more than it holds, it knows the first.
final class Retreat {
    private static final int MOST = 10_000;

    private final PriorityQueue<Instant> due = new PriorityQueue<>();

    void add(Instant now, Duration delay) {
        if (due.size() < MOST) {
            due.add(now.plus(delay));
        }
    }

    int size(Instant now) {
        while (!due.isEmpty() && !due.peek().isAfter(now)) {
            due.remove();
        }
        return due.size();
    }

    @Nullable
    Instant next() {
        return due.peek();
    }
}
