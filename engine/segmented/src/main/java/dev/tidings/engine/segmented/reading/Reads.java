package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentIndex;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// What readers share.
public record Reads(
        Streams streams, OpenFiles files, SharedRuns runs, Executor executor, Health health, Leases leases) {

    public EventReader reader(Partition partition, TypeSelection types) {
        return new StreamReader(partition, types, this);
    }

    Corrupt report(Corrupt corrupt) {
        health.corrupt(String.valueOf(corrupt.getMessage()));
        return corrupt;
    }

    /// The position of the first event accepted at `time` or later, or the end.
    public CompletionStage<Long> positionAt(Partition partition, Instant time) {
        StreamLog stream = partition.number() == 0 ? streams.find(partition.stream()) : null;
        if (stream == null) {
            return CompletableFuture.completedFuture(0L);
        }
        long millis = Math.max(0, millis(time));
        CompletableFuture<Long> position = new CompletableFuture<>();
        try {
            executor.execute(() -> complete(position, stream, millis));
        } catch (RejectedExecutionException _) {
            position.completeExceptionally(health.refused("the store is closed"));
        }
        return position;
    }

    /// Rounded up: events have whole milliseconds.
    private static long millis(Instant time) {
        try {
            long millis = time.toEpochMilli();
            return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
        } catch (ArithmeticException _) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private void complete(CompletableFuture<Long> position, StreamLog stream, long millis) {
        try {
            position.complete(find(stream, millis));
        } catch (Corrupt corrupt) {
            position.completeExceptionally(report(corrupt));
        } catch (IOException e) {
            position.completeExceptionally(health.refused("reading failed: " + e.getMessage()));
        } catch (RuntimeException | Error bug) {
            position.completeExceptionally(bug);
        }
    }

    private long find(StreamLog stream, long millis) throws IOException {
        long flushed = stream.flushed();
        long found = find(stream, flushed, millis);
        while (stream.flushed() != flushed) {
            flushed = stream.flushed();
            found = find(stream, flushed, millis);
        }
        return found;
    }

    /// @param flushed from where on events are in memory, as long as the stream has not been flushed since: then some
    ///                may have been missed
    private long find(StreamLog stream, long flushed, long millis) throws IOException {
        long first = stream.first();
        long end = stream.end();
        for (Segment segment : stream.segments()) {
            if (segment.next() > first && segment.summary().lastMillis() >= millis) {
                return Math.max(first, inSegment(stream, segment, millis));
            }
        }
        return inMemory(stream, Math.max(first, flushed), end, millis);
    }

    private long inSegment(StreamLog stream, Segment segment, long millis) throws IOException {
        Segments segments = new Segments(files, runs);
        SegmentIndex index = segments.index(segment);
        for (int run = index.runAt(millis); run < index.runs(); run++) {
            StoredEvent event = segments.read(stream, new Segments.Spot(segment, index, run))
                    .eventAt(millis, stream);
            if (event != null) {
                return event.position();
            }
        }
        return segment.next();
    }

    private static long inMemory(StreamLog stream, long from, long end, long millis) {
        for (long at = from; at < end; at++) {
            StoredEvent event = stream.tail().get(at);
            if (event != null && event.acceptedMillis() >= millis) {
                return at;
            }
        }
        return end;
    }
}
