package dev.tidings.broker.dispatch;

import dev.tidings.broker.dispatch.Pending.State;

/// How many outstanding events of a group are in which state.
final class Counts {
    private int waiting;
    private int held;
    private int dying;

    int waiting() {
        return waiting;
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
    }

    void move(Pending event, State to) {
        count(event.state, -1);
        count(to, 1);
        event.state = to;
    }

    private void count(State state, int by) {
        switch (state) {
            case WAITING -> waiting += by;
            case HELD -> held += by;
            case DYING -> dying += by;
            case GONE -> {}
        }
    }
}
