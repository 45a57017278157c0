package dev.tidings.broker.groups;

import dev.tidings.broker.loop.Loop;
import dev.tidings.engine.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Brings what a reader found to the loop: at once where it is there at once, otherwise by a task.
record Readings(Loop loop, Consumer<Throwable> onFailure) {
    /// @param taker gets what was read, now or later
    /// @param later runs behind the taker where it is later
    void take(CompletionStage<Slice> stage, Consumer<Slice> taker, Runnable later) {
        CompletableFuture<Slice> read = stage.toCompletableFuture();
        if (read.isDone() && !read.isCompletedExceptionally()) {
            taker.accept(read.join());
            return;
        }
        var _ = read.whenComplete((slice, failure) -> loop.execute(() -> {
            if (failure != null) {
                onFailure.accept(failure);
            } else {
                taker.accept(slice);
                later.run();
            }
        }));
    }
}
