package dev.tidings.callback.delivery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How many bytes of events a subscription may have in memory: as many as each other, so that no sink that fails, and
/// none that is slow, takes anything from the others. Any thread.
final class Allotment {
    private final Set<String> among = ConcurrentHashMap.newKeySet();
    private final long memory;
    private final int most;
    private volatile int bytes;

    /// @param memory what all of them may have together; each may have one event all the same
    /// @param most   what one may have at most
    Allotment(long memory, int most) {
        this.memory = memory;
        this.most = most;
        this.bytes = of(0);
    }

    /// What one may have, which the last event may overshoot.
    int bytes() {
        return bytes;
    }

    /// One more delivers, or goes on doing so; whether that changes what each may have.
    boolean enter(String subscription) {
        return among.add(subscription) && changed();
    }

    /// One delivers no more; whether that changes what each may have.
    boolean leave(String subscription) {
        return among.remove(subscription) && changed();
    }

    private synchronized boolean changed() {
        int before = bytes;
        bytes = of(among.size());
        return bytes != before;
    }

    /// It is halved as often as need be, so that it seldom changes.
    private int of(long subscriptions) {
        int allotment = most;
        while (allotment > 1 && allotment * subscriptions > memory) {
            allotment /= 2;
        }
        return allotment;
    }
}
