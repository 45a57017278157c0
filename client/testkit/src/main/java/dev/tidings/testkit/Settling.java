package dev.tidings.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Waits for a point at which nothing is under way.
final class Settling {
    private Settling() {}

    /// @param taking what completes when all that was fired so far is taken or refused, for each bus
    static void await(Recording recording, List<Supplier<CompletableFuture<?>>> taking, Duration atMost) {
        Flow flow = recording.flow();
        long end = System.nanoTime() + atMost.toNanos();
        CompletableFuture<?> taken = all(taking);
        do {
            if (!isDone(taken, left(end))) {
                throw new AssertionError("not settled after " + atMost
                        + ": not all that was fired has been taken, refused or handled; " + Outcome.of(flow));
            }
            if (!flow.await(entries -> open(recording).isEmpty(), left(end))) {
                throw new AssertionError("not settled after " + atMost + ": these are not handled:\n  "
                        + String.join("\n  ", open(recording)) + "\n" + Outcome.of(flow));
            }
            taken = all(taking); // handlers fire, too
        } while (!taken.isDone() || !open(recording).isEmpty());
    }

    private static List<String> open(Recording recording) {
        return recording
                .audience()
                .open(recording.flow().entries(), recording.flow().old());
    }

    private static CompletableFuture<?> all(List<Supplier<CompletableFuture<?>>> taking) {
        return CompletableFuture.allOf(taking.stream().map(Supplier::get).toArray(CompletableFuture<?>[]::new));
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    private static boolean isDone(CompletableFuture<?> future, Duration within) {
        try {
            future.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException refused) {
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
