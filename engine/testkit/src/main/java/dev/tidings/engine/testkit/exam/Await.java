package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Unavailable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what happens on the engine's threads.
final class Await {
    private static final long SECONDS = 20;

    private Await() {}

    /// What the stage completes with; throws the engine's own failures.
    static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError("failed in a way that no engine should", e);
        } catch (TimeoutException e) {
            throw new AssertionError("neither done nor failed after " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// How the stage fails.
    static Unavailable failure(CompletionStage<?> stage) {
        Object result;
        try {
            result = result(stage);
        } catch (Unavailable e) {
            return e;
        }
        throw new AssertionError("expected the store to be unavailable, found " + result);
    }

    /// Asks again and again until it is so.
    static void until(String what, BooleanSupplier so) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
