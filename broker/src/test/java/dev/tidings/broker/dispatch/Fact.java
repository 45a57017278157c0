package dev.tidings.broker.dispatch;

import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import org.jspecify.annotations.Nullable;

/// An event of the model that [History] compares the dispatch with.
final class Fact {
    private static final EventType TYPE = new EventType("a.b.c.Done");

    enum State {
        UNREAD,
        WAITING,
        PARKED,
        HELD,
        DYING,
        SETTLED
    }

    /// What a process has left.
    static final class Claim {
        final String process;
        boolean released;

        Claim(String process) {
            this.process = process;
        }
    }

    final int partition;
    final long position;
    final long key;
    final boolean selected;
    State state = State.UNREAD;

    History.@Nullable Reader holder;

    @Nullable
    Claim claim;

    int attempts;
    /// Until when it is parked.
    long due;

    Fact(int partition, long position, long key, boolean selected) {
        this.partition = partition;
        this.position = position;
        this.key = key;
        this.selected = selected;
    }

    boolean open() {
        return selected && state != State.SETTLED;
    }

    void unparkBy(long now) {
        if (state == State.PARKED && due <= now) {
            state = State.WAITING;
            due = 0;
        }
    }

    boolean isClaimed() {
        return state == State.WAITING && claim != null && !claim.released;
    }

    boolean sameKey(Fact other) {
        return this == other || key != 0 && key == other.key && partition == other.partition;
    }

    /// Who has it, in words.
    String whose() {
        History.Reader reader = holder;
        return (reader == null ? "nobody's" : reader.open ? "another's" : "of one that is closed") + " after "
                + attempts + " attempts";
    }

    StoredEvent stored() {
        return new StoredEvent(position, position, TYPE, key, true, Bytes.of(new byte[7]));
    }
}
