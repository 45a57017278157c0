package dev.tidings.broker.pressure;

import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a type may be delivered at, shared by the groups of all clients. A group that is refused stands in a queue, in
/// which whoever was given least stands first: so a group that only now has something to deliver goes before one that
/// catches up, and those that always have something are given the same.
///
/// Each call is a few steps of arithmetic under one lock, that of the type; types without limits never come here.
final class TypeThrottle {
    private static final Duration SHORTEST_TIMER = Duration.ofMillis(2);

    private final EventType type;
    private final Clocks clocks;
    private final SlowStart.Rules rules;
    private final TreeSet<Claim> queue = new TreeSet<>(
            Comparator.<Claim>comparingLong(claim -> claim.start).thenComparingLong(claim -> claim.number));
    private final Usage usage = new Usage();
    private DeliveryLimits limits;
    private @Nullable Pace pace;
    /// How far the queue has come: the start of what was granted last.
    private long served;
    private long claims;
    private int held;
    /// How many open claims hold nothing.
    private int idle;
    private int waiting;
    /// When it looks again, and which of its timers that is; the others do nothing.
    private long due;

    private long ticks;
    private boolean ticking;

    /// @param time  tells the age of events
    /// @param nanos only goes forward
    record Clocks(InstantSource time, LongSupplier nanos) {}

    TypeThrottle(EventType type, DeliveryLimits limits, Clocks clocks, SlowStart.Rules rules) {
        this.type = type;
        this.clocks = clocks;
        this.rules = rules;
        this.limits = limits;
        limit(limits);
    }

    EventType type() {
        return type;
    }

    /// Takes effect at once.
    synchronized void limit(DeliveryLimits newLimits) {
        long now = now();
        Integer rate = newLimits.rate();
        limits = newLimits;
        if (rate == null) {
            pace = null;
        } else if (pace == null) {
            pace = new Pace(rate, now);
        } else {
            pace.rate(rate, now);
        }
        allot(now);
    }

    synchronized Claim open(Claim.Owner owner) {
        Claim claim = new Claim(this, owner, new SlowStart(rules), claims++);
        idle++;
        return claim;
    }

    synchronized boolean pass(Claim claim, long acceptedMillis) {
        if (claim.closed) {
            return true;
        }
        long now = now();
        if (claim.granted > 0) {
            claim.granted--;
            return true;
        }
        if (!claim.queued && claim.held == 0) {
            long age = Math.max(0, clocks.time.millis() - acceptedMillis);
            claim.slowStart.wanted(now, Duration.ofMillis(age));
        }
        allot(now);
        if (claim.granted == 0 && !claim.queued && admits(claim, now)) {
            grant(claim, now);
        }
        if (claim.granted > 0) {
            claim.granted--;
            return true;
        }
        if (!claim.queued) {
            setWaiting(claim, Math.max(1, claim.waiting));
            enqueue(claim);
            arm(now);
        }
        return false;
    }

    synchronized void enter(Claim claim) {
        if (!claim.closed) {
            hold(claim);
        }
    }

    synchronized void leave(Claim claim) {
        if (!claim.closed) {
            claim.slowStart.confirmed();
            release(claim);
            allot(now());
        }
    }

    synchronized void fail(Claim claim) {
        if (!claim.closed) {
            long now = now();
            claim.slowStart.failed(now);
            release(claim);
            allot(now);
        }
    }

    synchronized void undo(Claim claim) {
        if (!claim.closed) {
            takeBack(claim);
            allot(now());
        }
    }

    synchronized void waiting(Claim claim, int events) {
        if (claim.closed) {
            return;
        }
        boolean unchanged = claim.waiting == events && claim.granted == 0 && claim.queued == events > 0;
        if (unchanged) {
            return;
        }
        setWaiting(claim, events);
        while (claim.granted > events) {
            claim.granted--;
            takeBack(claim);
        }
        if (claim.granted == events) {
            queue.remove(claim);
            claim.queued = false;
        } else if (!claim.queued) {
            enqueue(claim);
        }
        allot(now());
    }

    synchronized void close(Claim claim) {
        if (claim.closed) {
            return;
        }
        queue.remove(claim);
        claim.queued = false;
        setWaiting(claim, 0);
        if (claim.held == 0) {
            idle--;
        }
        held -= claim.held;
        claim.held = 0;
        claim.granted = 0;
        claim.closed = true;
        allot(now());
    }

    /// How it is now.
    synchronized TypeLoad load() {
        return new TypeLoad(type, limits, usage.lastSecond(now()), held, waiting, usage.delivered());
    }

    /// How it holds back one group.
    synchronized Throttled throttled(Claim claim) {
        return new Throttled(load(), claim.held, claim.waiting, claim.slowStart.divisor());
    }

    private synchronized void tick(long number) {
        if (number == ticks) {
            ticking = false;
            allot(now());
        }
    }

    /// Grants what can be granted, to whoever stands first and may have it.
    private void allot(long now) {
        Claim next = next(now);
        while (next != null) {
            queue.remove(next);
            next.queued = false;
            grant(next, now);
            if (next.granted < next.waiting) {
                enqueue(next);
            }
            next.wake.run();
            next = next(now);
        }
        arm(now);
    }

    private @Nullable Claim next(long now) {
        if (queue.isEmpty() || isFull() || waits(now) > 0) {
            return null;
        }
        for (Claim claim : queue) {
            if (admits(claim, now)) {
                return claim;
            }
        }
        return null;
    }

    private boolean isFull() {
        Integer most = limits.concurrency();
        return most != null && held >= most;
    }

    private long waits(long now) {
        return pace == null ? 0 : pace.waits(now);
    }

    private boolean admits(Claim claim, long now) {
        claim.slowStart.advance(now);
        return waits(now) == 0 && hasPlace(claim) && waitsItself(claim, now) == 0;
    }

    /// A place is kept for each group that holds nothing, as long as that leaves half of them to the others: so nobody
    /// who confirms slowly shuts the others out.
    private boolean hasPlace(Claim claim) {
        Integer most = limits.concurrency();
        if (most == null) {
            return true;
        }
        if (claim.held == 0) {
            return held < most;
        }
        return held < most - Math.min(idle, most / 2) && claim.held < Math.max(1, most / claim.slowStart.divisor());
    }

    /// In how many nanoseconds its own part allows it one more.
    private long waitsItself(Claim claim, long now) {
        Pace own = ownPace(claim, now);
        return own == null ? 0 : own.waits(now);
    }

    private @Nullable Pace ownPace(Claim claim, long now) {
        Integer rate = limits.rate();
        int divisor = claim.slowStart.divisor();
        if (rate == null || divisor == 1) {
            return null;
        }
        int part = Math.max(1, rate / divisor);
        if (claim.own == null || claim.ownRate != part) {
            claim.own = new Pace(part, now);
            claim.ownRate = part;
        }
        return claim.own;
    }

    private void grant(Claim claim, long now) {
        served = Math.max(served, claim.start);
        claim.start = served + 1;
        claim.granted++;
        hold(claim);
        claim.slowStart.delivered(now);
        usage.delivered(now);
        Pace own = ownPace(claim, now);
        if (own != null) {
            own.take(now);
        }
        if (pace != null) {
            pace.take(now);
        }
    }

    private void takeBack(Claim claim) {
        release(claim);
        claim.slowStart.undone();
        usage.undone();
        if (claim.own != null) {
            claim.own.giveBack();
        }
        if (pace != null) {
            pace.giveBack();
        }
    }

    private void hold(Claim claim) {
        if (claim.held == 0) {
            idle--;
        }
        claim.held++;
        held++;
    }

    private void release(Claim claim) {
        claim.held--;
        held--;
        if (claim.held == 0) {
            idle++;
        }
    }

    private void setWaiting(Claim claim, int events) {
        waiting += events - claim.waiting;
        claim.waiting = events;
    }

    private void enqueue(Claim claim) {
        claim.start = Math.max(claim.start, served);
        claim.queued = true;
        queue.add(claim);
    }

    /// Looks again when the next can be granted, unless that comes with a delivery that ends.
    private void arm(long now) {
        if (queue.isEmpty() || isFull()) {
            return;
        }
        long wait = Math.max(nextGrant(now), SHORTEST_TIMER.toNanos());
        if (wait == Long.MAX_VALUE || ticking && due - now <= wait) {
            return;
        }
        ticking = true;
        due = now + wait;
        long number = ++ticks;
        var _ = queue.first().loop.after(Duration.ofNanos(wait), () -> tick(number));
    }

    /// In how many nanoseconds the passing of time alone lets somebody deliver; [Long#MAX_VALUE] where it does not.
    private long nextGrant(long now) {
        long all = waits(now);
        if (all > 0) {
            return all;
        }
        long wait = Long.MAX_VALUE;
        for (Claim claim : queue) {
            long own = hasPlace(claim) ? waitsItself(claim, now) : 0;
            wait = own > 0 ? Math.min(wait, own) : wait;
        }
        return wait;
    }

    private long now() {
        return clocks.nanos.getAsLong();
    }
}
