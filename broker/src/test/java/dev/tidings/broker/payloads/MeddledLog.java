package dev.tidings.broker.payloads;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Extent;
import dev.tidings.engine.ForwardingLog;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A log in which something else happens while it is asked, once; and whose streams have a second partition, to which
/// nothing ever comes.
final class MeddledLog extends ForwardingLog {
    private @Nullable Runnable whileAppending;
    private @Nullable Runnable whileLooking;
    private boolean refusing;
    private boolean leavingOpen;

    MeddledLog(EventLog log) {
        super(log);
    }

    /// Happens before the next batch is appended.
    void whileAppending(Runnable task) {
        whileAppending = task;
    }

    /// Happens before the next look at what a partition holds.
    void whileLooking(Runnable task) {
        whileLooking = task;
    }

    /// The next batch is not stored.
    void refuseNext() {
        refusing = true;
    }

    /// The next batch is stored, and nobody hears of it.
    void leaveNextOpen() {
        leavingOpen = true;
    }

    @Override
    public CompletionStage<Appended> append(Batch batch) {
        Runnable task = whileAppending;
        whileAppending = null;
        if (task != null) {
            task.run();
        }
        if (refusing) {
            refusing = false;
            return CompletableFuture.failedStage(
                    new Unavailable("refused", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        }
        if (leavingOpen) {
            leavingOpen = false;
            return log.append(batch)
                    .thenCompose(_ -> CompletableFuture.failedStage(
                            new Unavailable("nobody knows", Unavailable.Effect.UNKNOWN, Duration.ofSeconds(1))));
        }
        return log.append(batch);
    }

    @Override
    public Set<Partition> partitions(StreamName stream) {
        return Set.of(Partition.only(stream), new Partition(stream, 1));
    }

    @Override
    public Extent extent(Partition partition) {
        Runnable task = whileLooking;
        whileLooking = null;
        if (task != null) {
            task.run();
        }
        return log.extent(partition);
    }
}
