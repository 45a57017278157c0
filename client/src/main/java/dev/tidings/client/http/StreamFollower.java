package dev.tidings.client.http;

import dev.tidings.client.RefusedException;
import dev.tidings.client.Retrying;
import dev.tidings.client.streams.BatchHandler;
import dev.tidings.client.streams.Following;
import dev.tidings.client.streams.PositionGoneException;
import dev.tidings.client.streams.Reading;
import dev.tidings.client.streams.StreamBatch;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one stream on and on, by a thread of its own.
final class StreamFollower implements Following {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFollower.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRONG = 400;

    private final Reading reading;
    private final BatchHandler handler;
    private final Function<Reading, CompletableFuture<StreamBatch>> broker;
    private final RemoteStreams.Parts parts;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile CompletableFuture<?> asking = CompletableFuture.completedFuture(null);
    private volatile @Nullable String position;
    private int failures;

    StreamFollower(
            Reading reading,
            BatchHandler handler,
            Function<Reading, CompletableFuture<StreamBatch>> broker,
            RemoteStreams.Parts parts) {
        this.reading = reading;
        this.handler = handler;
        this.broker = broker;
        this.parts = parts;
        this.thread = new Thread(this::run, "tidings-follow-" + reading.stream());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public @Nullable String position() {
        return position;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        stop();
        await(parts.closing());
    }

    /// Reads nothing more.
    void stop() {
        closed.countDown();
        asking.cancel(true);
    }

    /// Waits for the handler, unless it is the one that asks.
    void await(Duration time) {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(Math.max(1, time.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Reading at = reading.patience(Duration.ZERO); // at first, to know as soon as may be where that is
            while (closed.getCount() > 0) {
                at = step(at);
            }
            ended.complete(null);
        } catch (InterruptedException e) {
            ended.complete(null);
        } catch (RuntimeException | Error e) { // the top of a thread
            LOG.error("stream {}: it is followed no more", reading.stream(), e);
            ended.completeExceptionally(e);
        }
    }

    private Reading step(Reading at) throws InterruptedException {
        StreamBatch batch = ask(at);
        if (batch == null || !take(batch)) {
            return at;
        }
        failures = 0;
        position = batch.next();
        return at.after(batch.next()).patience(PATIENCE);
    }

    /// Null: not now.
    private @Nullable StreamBatch ask(Reading at) throws InterruptedException {
        CompletableFuture<StreamBatch> batch = broker.apply(at);
        asking = batch;
        if (closed.getCount() == 0) {
            batch.cancel(true);
        }
        try {
            return batch.join();
        } catch (CancellationException end) {
            return null;
        } catch (CompletionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof PositionGoneException
                    || cause instanceof RefusedException refused && refused.status() == WRONG) {
                throw (RefusedException) cause;
            }
            pause(parts.backOff().delay(failures++, Duration.ZERO), cause);
            return null;
        }
    }

    private boolean take(StreamBatch batch) throws InterruptedException {
        if (batch.events().isEmpty()) {
            return true;
        }
        try {
            handler.handle(batch);
            return true;
        } catch (Throwable failure) { // the program's own code: whatever it throws, the stream goes on
            pause(Retrying.DEFAULT.delay(failures++), failure);
            return false;
        }
    }

    private void pause(Duration delay, @Nullable Throwable why) throws InterruptedException {
        LOG.warn("stream {}: tried again in {} ms", reading.stream(), delay.toMillis(), why);
        boolean unused = closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
