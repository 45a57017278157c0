package dev.tidings.broker.dispatch;

import dev.tidings.engine.StoredEvent;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import org.jspecify.annotations.Nullable;

/// An event that a group has read and not settled. It knows its place, not its payload. It is a link of two
/// lists: of its partition, in order of position, and of what waits for its key.
public final class Pending extends Held {
    /// What is with it now.
    enum State {
        /// It may be given to an instance, or waits for its key.
        WAITING,
        /// It waits for the process that left it, see [Reservation].
        RESERVED,
        /// An instance gave it back: it waits until it is due, and what is of its key behind it, too.
        PARKED,
        /// It waits for the [Gate] of its type.
        THROTTLED,
        /// An instance has it.
        HELD,
        /// It is dead, and its report is being kept.
        DYING,
        /// Settled, or no longer this group's.
        GONE
    }

    final Lifecycle lifecycle;
    final Outstanding home;
    final EventType type;
    final long acceptedMillis;
    final long sequence;
    int attempts;
    /// Until when it waits where it is parked, milliseconds since the epoch.
    long dueMillis;

    State state = State.WAITING;
    /// Whether a cursor written now is to show it as settled.
    boolean departing;

    /// What it has passed and not left; null: nothing.
    @Nullable
    Gate gate;

    @Nullable
    Ledger lastHolder;

    /// Its key, also where it has one for the time of a reservation only.
    @Nullable
    KeyQueue key;

    @Nullable
    Pending previous;

    @Nullable
    Pending next;

    @Nullable
    Pending nextOfKey;

    Pending(Lifecycle lifecycle, Outstanding home, StoredEvent event, long sequence) {
        super(event.position(), event.json().length());
        this.lifecycle = lifecycle;
        this.home = home;
        this.type = event.type();
        this.acceptedMillis = event.acceptedMillis();
        this.sequence = sequence;
    }

    @Override
    public Lane lane() {
        return Lane.EVENTS;
    }

    @Override
    public int partition() {
        return home.index;
    }

    /// Whether it may not be given to anybody yet.
    boolean isParked() {
        return state == State.PARKED || state == State.THROTTLED;
    }

    /// How many deliveries of it ended unconfirmed.
    public int attempts() {
        return attempts;
    }

    /// The instance that had it last; empty where that is not known.
    public String lastInstance() {
        return lastHolder == null ? "" : lastHolder.instance();
    }

    @Override
    void settled() {
        lifecycle.settle(this);
    }

    @Override
    void takenBack() {
        lifecycle.takeBack(this);
    }

    @Override
    void rolledBack() {
        lifecycle.rollBack(this);
    }

    @Override
    void released() {
        lifecycle.release(this);
    }
}
