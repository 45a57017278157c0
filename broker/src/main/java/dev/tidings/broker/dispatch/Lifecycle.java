package dev.tidings.broker.dispatch;

import dev.tidings.broker.dispatch.Pending.State;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What becomes of an outstanding event once it was given to somebody, until it is settled.
final class Lifecycle {
    private final int maxDeliveries;
    private final Counts counts;
    private final Queues queues;
    private final Parked parked = new Parked();
    private final ArrayDeque<Pending> exhausted = new ArrayDeque<>();
    private final ArrayDeque<Outstanding> changed = new ArrayDeque<>();
    private long redeliveries;

    Lifecycle(int maxDeliveries, Counts counts, Queues queues) {
        this.maxDeliveries = maxDeliveries;
        this.counts = counts;
        this.queues = queues;
    }

    long redeliveries() {
        return redeliveries;
    }

    @Nullable
    Pending nextExhausted() {
        return exhausted.poll();
    }

    @Nullable
    Outstanding nextChanged() {
        Outstanding home = changed.poll();
        if (home != null) {
            home.changed = false;
        }
        return home;
    }

    void forget(Outstanding home) {
        changed.remove(home);
    }

    /// A new event waits, or dies at once where it has used up its deliveries in an earlier life.
    void begin(Pending event) {
        counts.added();
        if (isExhausted(event)) {
            queues.blocks(event);
            die(event);
        } else if (event.dueMillis > 0) {
            counts.move(event, State.PARKED);
            parked.add(event);
            queues.addParked(event);
        } else {
            queues.add(event);
        }
    }

    void settle(Pending event) {
        if (event.state == State.HELD) {
            finish(event);
        }
    }

    void takeBack(Pending event) {
        if (event.state != State.HELD) {
            return;
        }
        event.attempts++;
        Gate gate = event.gate;
        if (gate != null) {
            event.gate = null;
            gate.fail();
        }
        change(event.home);
        if (isExhausted(event)) {
            die(event);
        } else if (event.dueMillis > 0) {
            redeliveries++;
            counts.move(event, State.PARKED);
            parked.add(event);
            queues.park(event);
        } else {
            redeliveries++;
            putBack(event);
        }
    }

    /// When the next parked event is due; [Parked#NEVER] where none is.
    long nextDue() {
        return parked.nextDue();
    }

    /// What is due by then may be given out.
    void unpark(long nowMillis) {
        for (Pending event = parked.poll(nowMillis); event != null; event = parked.poll(nowMillis)) {
            event.dueMillis = 0;
            counts.move(event, State.WAITING);
            queues.unpark(event);
        }
    }

    void rollBack(Pending event) {
        if (event.state == State.HELD) {
            Gate gate = event.gate;
            if (gate != null) {
                event.gate = null;
                gate.undo();
            }
            putBack(event);
        }
    }

    void release(Pending event) {
        if (event.state == State.HELD) {
            counts.move(event, State.DYING);
        }
    }

    void revive(Pending event) {
        event.departing = false;
        if (event.state != State.DYING) {
            return;
        }
        if (isExhausted(event)) {
            exhausted.add(event);
        } else {
            putBack(event);
        }
    }

    void resume(Pending event) {
        event.departing = false;
        if (event.state == State.DYING) {
            counts.move(event, State.HELD);
            queues.gates().enter(event);
        }
    }

    void bury(Pending event) {
        if (event.state == State.DYING) {
            finish(event);
        }
    }

    void drop(Pending event) {
        if (isWaiting(event.state)) {
            counts.move(event, State.GONE);
            event.home.remove(event);
            queues.dropped(event);
        }
    }

    private void putBack(Pending event) {
        counts.move(event, State.WAITING);
        queues.putBack(event);
    }

    private void die(Pending event) {
        event.dueMillis = 0;
        counts.move(event, State.DYING);
        exhausted.add(event);
    }

    private void finish(Pending event) {
        counts.move(event, State.GONE);
        change(event.home);
        event.home.remove(event);
        queues.finished(event);
    }

    private void change(Outstanding home) {
        if (!home.changed) {
            home.changed = true;
            changed.add(home);
        }
    }

    private static boolean isWaiting(State state) {
        return switch (state) {
            case WAITING, RESERVED, PARKED, THROTTLED -> true;
            case HELD, DYING, GONE -> false;
        };
    }

    private boolean isExhausted(Pending event) {
        return maxDeliveries > 0 && event.attempts >= maxDeliveries;
    }
}
