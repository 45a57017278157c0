package dev.tidings.broker.streams;

import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;

/// A partition, and how far a reader has come in it.
final class Track {
    private final Partition partition;
    private EventReader reader;
    private boolean reading;
    private long next;

    Track(Partition partition, EventReader reader, long next) {
        this.partition = partition;
        this.reader = reader;
        this.next = next;
    }

    Partition partition() {
        return partition;
    }

    /// The position to read next.
    long next() {
        return next;
    }

    void moveTo(long position) {
        next = position;
    }

    /// A read begins; the reader is this one until [#endRead].
    EventReader beginRead() {
        reading = true;
        return reader;
    }

    /// A read has ended; whether its reader is the one in use still.
    boolean endRead(EventReader used) {
        boolean current = used == reader;
        if (current) {
            reading = false;
        } else {
            used.close();
        }
        return current;
    }

    /// Reads by another reader from now on.
    void use(EventReader other) {
        close();
        reader = other;
        reading = false;
    }

    /// Closes the reader, unless it is reading.
    void close() {
        if (!reading) {
            reader.close();
        }
    }
}
