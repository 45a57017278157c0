package dev.tidings.broker.consuming;

import dev.tidings.broker.loop.Loop;
import dev.tidings.model.Delivery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A poll that waits for events.
final class Poll {
    final int maxEvents;
    /// Whether it ends when there is nothing at once.
    final boolean impatient;

    private final CompletableFuture<List<Delivery>> answer;
    private Loop.@Nullable Timer timer;

    Poll(int maxEvents, boolean impatient, CompletableFuture<List<Delivery>> answer) {
        this.maxEvents = maxEvents;
        this.impatient = impatient;
        this.answer = answer;
    }

    void endsBy(Loop.Timer end) {
        timer = end;
    }

    void answer(List<Delivery> deliveries) {
        if (timer != null) {
            timer.cancel();
        }
        answer.complete(deliveries);
    }
}
