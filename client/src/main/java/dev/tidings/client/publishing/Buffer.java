package dev.tidings.client.publishing;

import dev.tidings.client.Firing;
import dev.tidings.client.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Fired events in order, from when they were fired until they are settled. Many threads may fire; one takes.
interface Buffer {
    /// Half of what a broker takes in one request by default.
    long BATCH_BYTES = 512 * 1024;

    static Buffer of(Firing config, Metrics.Sending metrics) {
        Path spool = config.spool();
        return spool == null ? new MemoryBuffer(config, metrics) : SpooledBuffer.open(spool, config, metrics);
    }

    /// Adds an event; waits for room, within patience. An event that is larger than the buffer has room where
    /// the buffer is empty.
    void add(Fired event);

    /// Takes the next events that are to share a request, and waits for some; empty where the buffer is
    /// closed and nothing is left.
    List<Fired> take() throws InterruptedException;

    /// What was taken last was accepted or refused by the broker.
    void settle();

    /// Completes when all that was fired so far is settled.
    CompletableFuture<Void> flush();

    /// Takes no more events.
    void close();

    /// Lets go of what is not settled, and returns of it what is lost now, in order.
    List<Fired> end();
}
