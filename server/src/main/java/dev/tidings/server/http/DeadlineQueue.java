package dev.tidings.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Deadlines of one event loop that are all equally long, so that they fall due in the order in which they began:
/// beginning and ending one costs two pointer changes. Belongs to its event loop.
final class DeadlineQueue {
    private final long length;
    private @Nullable Entry first;
    private @Nullable Entry last;

    DeadlineQueue(Duration length) {
        this.length = length.toNanos();
    }

    /// Something with a deadline. It is in one queue at a time, or in none.
    abstract static class Entry {
        private @Nullable DeadlineQueue queue;
        private @Nullable Entry before;
        private @Nullable Entry after;
        private long began;

        /// The deadline has passed; it has been ended already.
        abstract void late();
    }

    /// Begins this deadline; ends the one that the entry had before, here or in another queue.
    void begin(Entry entry, long nanos) {
        end(entry);
        entry.queue = this;
        entry.began = nanos;
        entry.before = last;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
    }

    /// Ends the entry's deadline, if it has one.
    static void end(Entry entry) {
        DeadlineQueue queue = entry.queue;
        if (queue != null) {
            queue.remove(entry);
        }
    }

    /// Tells all that are late by now.
    void expire(long nanos) {
        for (Entry entry = first; entry != null && nanos - entry.began >= length; entry = first) {
            remove(entry);
            entry.late();
        }
    }

    /// Tells the one that began first that it is late, where it began so long ago; false where it did not.
    boolean hurry(long nanos, Duration atLeast) {
        Entry entry = first;
        if (entry == null || nanos - entry.began < atLeast.toNanos()) {
            return false;
        }
        remove(entry);
        entry.late();
        return true;
    }

    private void remove(Entry entry) {
        if (entry.before == null) {
            first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            last = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        entry.before = null;
        entry.after = null;
        entry.queue = null;
    }
}
