package dev.tidings.broker.streams;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Lets so many reads go on at once; who comes later waits in line. Otherwise the reads of many readers would stand
/// before those of groups, which share the engine's reading threads with them. May be used by any thread.
final class ReadTurns {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    ReadTurns(int atOnce) {
        free = atOnce;
    }

    /// Begins now, or once others have [#done] and it is this one's turn, on the thread of the last of them.
    void take(Runnable begin) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(begin);
                return;
            }
            free--;
        }
        begin.run();
    }

    /// A read that has begun is over.
    void done() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
