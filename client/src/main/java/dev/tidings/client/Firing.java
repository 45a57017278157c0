package dev.tidings.client;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// How fired events are gathered and sent.
///
/// @param batch    how many events one request has at most
/// @param linger   how long an event waits for others to share its request
/// @param buffer   how much may wait to be sent, in JSON
/// @param patience how long [Bus#fire] waits for room in a full buffer
/// @param closing  how long [Bus#close] waits for what was fired
public record Firing(int batch, Duration linger, DataSize buffer, Duration patience, Duration closing) {
    /// 500 events a request, 5 ms for others to come, 32 MiB, one second of patience, ten at the end.
    public static final Firing DEFAULT = new Firing(
            500, Duration.ofMillis(5), DataSize.ofMebibytes(32), Duration.ofSeconds(1), Duration.ofSeconds(10));

    private static final int LARGEST_BATCH = 10_000;

    /// Checks what it is given.
    public Firing {
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new IllegalArgumentException("batch: expected 1 to " + LARGEST_BATCH + ", found " + batch);
        }
        if (linger.isNegative() || patience.isNegative() || closing.isNegative()) {
            throw new IllegalArgumentException("linger, patience and closing: expected 0 or more, found " + linger
                    + ", " + patience + " and " + closing);
        }
    }

    /// The same, but for how much may wait.
    public Firing withBuffer(DataSize size) {
        return new Firing(batch, linger, size, patience, closing);
    }

    /// The same, but for how long [Bus#fire] waits for room.
    public Firing withPatience(Duration time) {
        return new Firing(batch, linger, buffer, time, closing);
    }

    /// The same, but for how long an event waits for others; zero: not at all.
    public Firing withLinger(Duration time) {
        return new Firing(batch, time, buffer, patience, closing);
    }

    /// The same, but for how long [Bus#close] waits.
    public Firing withClosing(Duration time) {
        return new Firing(batch, linger, buffer, patience, time);
    }

    /// The same, but for how many events one request has at most.
    public Firing withBatch(int events) {
        return new Firing(events, linger, buffer, patience, closing);
    }
}
