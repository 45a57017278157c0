package dev.tidings.broker.pressure;

import dev.tidings.broker.dispatch.Gate;
import dev.tidings.broker.loop.Loop;
import org.jspecify.annotations.Nullable;

/// What one group takes of what a type may be delivered at. Its fields belong to the [TypeThrottle].
final class Claim implements Gate {
    final TypeThrottle throttle;
    final Loop loop;
    /// Has the group look again; may be called by any thread.
    final Runnable wake;
    final SlowStart slowStart;
    final long number;
    /// Where it stands in the queue: whoever was given less stands before.
    long start;
    boolean queued;
    /// How many events it would deliver.
    int waiting;
    /// How many deliveries it was granted and has not begun; they count as held.
    int granted;
    /// How many of its deliveries are unconfirmed.
    int held;
    /// Its part of the rate while it starts slowly.
    @Nullable
    Pace own;

    int ownRate;

    boolean closed;

    /// Who claims it.
    record Owner(Loop loop, Runnable wake) {}

    Claim(TypeThrottle throttle, Owner owner, SlowStart slowStart, long number) {
        this.throttle = throttle;
        this.loop = owner.loop;
        this.wake = owner.wake;
        this.slowStart = slowStart;
        this.number = number;
    }

    @Override
    public boolean pass(long acceptedMillis) {
        return throttle.pass(this, acceptedMillis);
    }

    @Override
    public void enter() {
        throttle.enter(this);
    }

    @Override
    public void leave() {
        throttle.leave(this);
    }

    @Override
    public void fail() {
        throttle.fail(this);
    }

    @Override
    public void undo() {
        throttle.undo(this);
    }

    @Override
    public void waiting(int events) {
        throttle.waiting(this, events);
    }

    /// The group takes nothing any more; what it holds is given back.
    void close() {
        throttle.close(this);
    }
}
