package dev.tidings.client.listening;

import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.Metrics;
import dev.tidings.client.RetryLaterException;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A listener of the same process. May be used by any thread.
public final class LocalListener {
    private final Handling.How how;
    private final Lines lines;

    /// What was enqueued and is not settled, in order.
    private final Set<Local> underway = new LinkedHashSet<>();

    public LocalListener(Listening listening, EventHandler handler, Metrics.Receiving metrics) {
        this.how = new Handling.How(listening, handler, metrics);
        this.lines = new Lines(listening.name(), listening.concurrency());
    }

    public String name() {
        return how.listening().name();
    }

    public boolean wants(CloudEvent event) {
        return how.listening().types().contains(event.getType());
    }

    /// Handles the event now, in the caller's thread, once.
    public void handle(CloudEvent event) throws Exception {
        how.metrics().received();
        long begun = System.nanoTime();
        try {
            how.handler().handle(event);
        } catch (Throwable failure) {
            if (failure instanceof RetryLaterException) {
                how.metrics().postponed(Handling.since(begun));
            } else {
                how.metrics().failed(Handling.since(begun));
            }
            how.metrics().released();
            throw failure;
        }
        how.metrics().handled(Handling.since(begun));
    }

    /// Handles the event soon, behind those of its key, as often as need be.
    public void enqueue(CloudEvent event) {
        how.metrics().received();
        Local local = new Local(event);
        synchronized (underway) {
            underway.add(local);
        }
        String key = event.getExtension("partitionkey") instanceof String text ? text : null;
        lines.add(key, new Handling(how, event, local));
    }

    /// Completes when all that was enqueued so far is handled, or dead, or given up.
    public CompletableFuture<Void> flush() {
        synchronized (underway) {
            return CompletableFuture.allOf(
                    underway.stream().map(local -> local.settled).toArray(CompletableFuture[]::new));
        }
    }

    /// Handles what is enqueued, within that time; returns what it has not come to, in order, which is given
    /// up.
    public List<CloudEvent> close(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        await(flush(), patience);
        lines.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        List<Local> left;
        synchronized (underway) {
            left = List.copyOf(underway);
            underway.clear();
        }
        how.metrics().close();
        left.forEach(local -> local.settled.complete(null));
        return left.stream().map(local -> local.event).toList();
    }

    private static void await(CompletableFuture<Void> flushed, Duration patience) {
        try {
            flushed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // the caller is told what is left
        }
    }

    private final class Local implements Handling.Settlement {
        private final CloudEvent event;
        private final CompletableFuture<Void> settled = new CompletableFuture<>();

        Local(CloudEvent event) {
            this.event = event;
        }

        @Override
        public boolean isVoid() {
            return settled.isDone();
        }

        @Override
        public void done() {
            synchronized (underway) {
                underway.remove(this);
            }
            settled.complete(null);
        }

        @Override
        public void dead(String why) {
            done();
        }

        @Override
        public Optional<Duration> later(Optional<Duration> delay) {
            return Optional.of(delay.orElse(how.listening().backOff()));
        }
    }
}
