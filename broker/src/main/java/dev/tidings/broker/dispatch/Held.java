package dev.tidings.broker.dispatch;

import dev.tidings.model.Lane;

/// An event that an instance was given and has not confirmed: a loan in that instance's [Ledger].
public abstract class Held {
    final long position;
    int bytes;

    Held(long position, int bytes) {
        this.position = position;
        this.bytes = bytes;
    }

    public final long position() {
        return position;
    }

    /// How much of an instance's credit it takes.
    public final int bytes() {
        return bytes;
    }

    public abstract Lane lane();

    /// Which of the group's partitions it is in; 0 in a lane.
    public abstract int partition();

    /// The instance confirmed it.
    abstract void settled();

    /// The instance ended, or took too long: this delivery ended unconfirmed.
    abstract void takenBack();

    /// It never reached the consumer: this delivery did not happen.
    abstract void rolledBack();

    /// The instance reported it dead; it is settled once the report is kept.
    abstract void released();

    /// What stands in a ledger for an event that was released.
    static final class Released extends Held {
        static final Released MARK = new Released();

        private Released() {
            super(-1, 0);
        }

        @Override
        public Lane lane() {
            return Lane.EVENTS;
        }

        @Override
        public int partition() {
            return -1;
        }

        @Override
        void settled() {}

        @Override
        void takenBack() {}

        @Override
        void rolledBack() {}

        @Override
        void released() {}
    }
}
