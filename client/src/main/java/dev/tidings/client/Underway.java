package dev.tidings.client;

import dev.tidings.client.listening.LocalListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// How much is being handled, and who waits for the end of it. May be used by any thread.
final class Underway implements LocalListener.Outcome {
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private long count;

    synchronized void begin() {
        count++;
    }

    @Override
    public void handled() {
        Queue<CompletableFuture<Void>> told = new ArrayDeque<>();
        synchronized (this) {
            if (--count == 0) {
                told.addAll(waiting);
                waiting.clear();
            }
        }
        told.forEach(one -> one.complete(null));
    }

    @Override
    public void dead(String why) {
        handled();
    }

    /// Completes when nothing is.
    synchronized CompletableFuture<Void> ended() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        if (count == 0) {
            ended.complete(null);
        } else {
            waiting.add(ended);
        }
        return ended;
    }
}
