package dev.tidings.client.publishing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Those who wait for all that was fired up to a number. Belongs to its buffer's lock.
final class Marks {
    private final Deque<Mark> marks = new ArrayDeque<>();

    private record Mark(long upTo, CompletableFuture<Void> reached) {}

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /// Completes when so many are settled; at once where they are.
    CompletableFuture<Void> at(long fired, long settled) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        if (settled >= fired) {
            reached.complete(null);
        } else {
            marks.add(new Mark(fired, reached));
        }
        return reached;
    }

    /// What is to be completed, outside of the lock, now that so many are settled.
    List<CompletableFuture<Void>> reached(long settled) {
        List<CompletableFuture<Void>> reached = new ArrayList<>();
        while (!marks.isEmpty() && marks.element().upTo <= settled) {
            reached.add(marks.remove().reached);
        }
        return reached;
    }
}
