package dev.tidings.client;

import dev.tidings.model.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fired events are gathered and sent.
///
/// @param batch    how many events one request has at most
/// @param linger   how long an event waits for others to share its request
/// @param buffer   how much may wait to be sent, in JSON: in memory, or in the spool where there is one
/// @param patience how long [Bus#fire] waits for room in a full buffer
/// @param closing  how long [Bus#close] waits for what was fired
/// @param spool    the directory in whose files what was fired waits, see [#withSpool]; null: it waits in memory
public record Firing(
        int batch,
        Duration linger,
        DataSize buffer,
        Duration patience,
        Duration closing,
        @Nullable Path spool) {
    /// 500 events a request, 5 ms for others to come, 32 MiB of memory, one second of patience, ten at the end.
    public static final Firing DEFAULT = new Firing(
            500, Duration.ofMillis(5), DataSize.ofMebibytes(32), Duration.ofSeconds(1), Duration.ofSeconds(10), null);

    private static final DataSize SPOOL = DataSize.ofGibibytes(1);
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
        return new Firing(batch, linger, size, patience, closing, spool);
    }

    /// The same, but for how long [Bus#fire] waits for room.
    public Firing withPatience(Duration time) {
        return new Firing(batch, linger, buffer, time, closing, spool);
    }

    /// The same, but for how long an event waits for others; zero: not at all.
    public Firing withLinger(Duration time) {
        return new Firing(batch, time, buffer, patience, closing, spool);
    }

    /// The same, but for how long [Bus#close] waits.
    public Firing withClosing(Duration time) {
        return new Firing(batch, linger, buffer, patience, time, spool);
    }

    /// The same, but for how many events one request has at most.
    public Firing withBatch(int events) {
        return new Firing(events, linger, buffer, patience, closing, spool);
    }

    /// The same, but what was fired waits in files of that directory until the broker has taken or refused it:
    /// 1 GiB of it, unless [#withBuffer] sets another bound after this.
    ///
    /// Once [Bus#fire] has returned, the event is with the operating system: it survives that the process is
    /// killed. A bus that is opened there again sends it first, in the order in which it was fired, with its id.
    /// What was fired in the last half minute or so before a power cut may be lost.
    ///
    /// @param directory on a disk of this machine, made where there is none; one bus has it at a time
    public Firing withSpool(Path directory) {
        return new Firing(batch, linger, SPOOL, patience, closing, directory);
    }
}
