package dev.tidings.broker.dispatch;

import dev.tidings.broker.dispatch.Pending.State;

/// How many outstanding events of a group are in which state.
final class Counts {
    private final Allowance allowance;
    private int waiting;
    private int reserved;
    private int parked;
    private int throttled;
    private int held;
    private int dying;

    Counts(Allowance allowance) {
        this.allowance = allowance;
    }

    /// Whether the group may hold more.
    boolean hasRoom() {
        return allowance.hasRoom(all());
    }

    int all() {
        return waiting + reserved + parked + throttled + held + dying;
    }

    int waiting() {
        return waiting;
    }

    int reserved() {
        return reserved;
    }

    int parked() {
        return parked;
    }

    int throttled() {
        return throttled;
    }

    int held() {
        return held;
    }

    int dying() {
        return dying;
    }

    /// A new event, which waits.
    void added() {
        waiting++;
        allowance.take();
    }

    /// Nothing is outstanding any more.
    void clear() {
        allowance.give(all());
        waiting = 0;
        reserved = 0;
        parked = 0;
        throttled = 0;
        held = 0;
        dying = 0;
    }

    /// An outstanding event goes into another state.
    void move(Pending event, State to) {
        Gate gate = event.gate;
        if (gate != null && to != State.HELD) {
            event.gate = null;
            gate.leave();
        }
        count(event, event.state, -1);
        count(event, to, 1);
        event.state = to;
        if (to == State.GONE) {
            allowance.give(1);
        }
    }

    private void count(Pending event, State state, int by) {
        switch (state) {
            case WAITING -> waiting += by;
            case RESERVED -> reserved += by;
            case PARKED -> parked += by;
            case THROTTLED -> {
                throttled += by;
                event.home.throttled += by;
            }
            case HELD -> held += by;
            case DYING -> dying += by;
            case GONE -> {}
        }
    }
}
