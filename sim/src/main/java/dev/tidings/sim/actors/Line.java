package dev.tidings.sim.actors;

import dev.tidings.engine.Unavailable;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.step.Life;
import dev.tidings.sim.step.Scheduler;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The network between those outside and the process: requests take their time, and answers get lost.
final class Line {
    private static final int LOSES_ONE_IN = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Scheduler scheduler;
    private final Life outside;
    private final SplittableRandom random;
    private boolean reliable;

    Line(Scheduler scheduler, Life outside, SplittableRandom random) {
        this.scheduler = scheduler;
        this.outside = outside;
        this.random = random;
    }

    /// Nothing is lost any more.
    void becomesReliable() {
        reliable = true;
    }

    /// Asks something of a process, on a thread of its own there, and waits for the answer.
    <T> Answer<T> ask(Node node, Supplier<CompletionStage<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (random.nextInt(4) == 0) {
            outside.sleep(Duration.ofMillis(random.nextInt(20)));
        }
        node.life().start("request", () -> {
            var _ = request.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
        return await(node, answer);
    }

    /// Waits for what was asked before.
    <T> Answer<T> await(Node node, CompletionStage<T> asked) {
        CompletableFuture<Answer<T>> heard = new CompletableFuture<>();
        boolean lost = !reliable && random.nextInt(LOSES_ONE_IN) == 0;
        if (lost) {
            outside.after(PATIENCE, () -> outside.start("patience", () -> heard.complete(new Answer.Gone<>())));
        } else {
            var _ = asked.whenComplete((value, failure) -> heard.complete(answer(value, failure)));
        }
        node.onEnd(() -> heard.complete(new Answer.Gone<>()));
        return heard.join();
    }

    private <T> Answer<T> answer(T value, Throwable failure) {
        if (failure == null) {
            return new Answer.Value<>(value);
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof Unavailable unavailable) {
            return new Answer.Failed<>(unavailable);
        }
        scheduler.fail(new IllegalStateException("a request failed with a bug", cause));
        return new Answer.Gone<>();
    }
}
