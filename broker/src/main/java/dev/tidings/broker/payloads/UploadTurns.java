package dev.tidings.broker.payloads;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to send to an upload: one request has it at a time. A newer one may ask for it: the connection of
/// the older may be dead without anybody knowing yet. May be used by any thread.
final class UploadTurns {
    private final Map<PayloadId, Turn> turns = new ConcurrentHashMap<>();

    /// One request's turn.
    static final class Turn {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private @Nullable Runnable whenAsked;
        private boolean asked;

        /// Runs the task once somebody else wants the turn; at once, where somebody does.
        void whenAsked(Runnable task) {
            boolean already;
            synchronized (this) {
                whenAsked = task;
                already = asked;
            }
            if (already) {
                task.run();
            }
        }

        private void ask() {
            Runnable task;
            synchronized (this) {
                asked = true;
                task = whenAsked;
            }
            if (task != null) {
                task.run();
            }
        }

        private void end() {
            synchronized (this) {
                whenAsked = null;
            }
            over.complete(null);
        }
    }

    /// The turn, or null where another request has it.
    @Nullable
    Turn take(PayloadId id) {
        Turn mine = new Turn();
        return turns.putIfAbsent(id, mine) == null ? mine : null;
    }

    /// The turn, for which another request has to end; null where a third one was faster. Blocks until that has ended.
    @Nullable
    Turn takeOver(PayloadId id) {
        Turn other = turns.get(id);
        if (other != null) {
            other.ask();
            other.over.join();
        }
        return take(id);
    }

    /// The turn has ended.
    void over(PayloadId id) {
        Turn turn = turns.remove(id);
        if (turn != null) {
            turn.end();
        }
    }

    /// The turn has ended, and nobody gets another.
    void close(PayloadId id) {
        Turn turn = turns.get(id);
        if (turn != null) {
            turn.end();
        }
    }

    boolean isClosed(PayloadId id) {
        Turn turn = turns.get(id);
        return turn != null && turn.over.isDone();
    }
}
