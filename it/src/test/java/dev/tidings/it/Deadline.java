package dev.tidings.it;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How long a test waits for what must come: long enough for any machine, so that only what never comes fails.
final class Deadline {
    static final Duration GENEROUS = Duration.ofSeconds(60);

    private Deadline() {}

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(GENEROUS.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("it failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("it did not come in " + GENEROUS, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(GENEROUS.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it did not come in " + GENEROUS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
