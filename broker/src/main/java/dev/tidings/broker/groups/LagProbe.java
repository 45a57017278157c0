package dev.tidings.broker.groups;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// How far a group is behind in one partition.
///
/// @param events       how many events it may have to settle, at most
/// @param oldestMillis when the oldest of them was accepted; [Long#MAX_VALUE] where there is none
public record LagProbe(long events, long oldestMillis) {
    /// Nothing behind.
    public static final LagProbe NONE = new LagProbe(0, Long.MAX_VALUE);
    private static final int READS = 4;
    private static final int READ_BYTES = 4096;

    public LagProbe plus(LagProbe other) {
        return new LagProbe(events + other.events, Math.min(oldestMillis, other.oldestMillis));
    }

    /// Looks where a cursor stands. Where the first events behind the floor are all settled, it looks a little
    /// further, and takes the last one it saw for the oldest.
    ///
    /// @param cursor null: where there is none
    public static CompletionStage<LagProbe> of(
            EventLog log, Partition partition, TypeSelection types, @Nullable Cursor cursor) {
        Extent extent = log.extent(partition);
        Cursor from = cursor == null ? Cursor.at(extent.first()) : cursor;
        long floor = Math.max(from.floor(), extent.first());
        long events = extent.next() - floor - settledAbove(from.settled(), floor);
        if (events <= 0) {
            return CompletableFuture.completedStage(NONE);
        }
        EventReader reader = log.reader(partition, types);
        return oldest(reader, from, floor, READS)
                .whenComplete((_, _) -> reader.close())
                .thenApply(oldest -> oldest == Long.MAX_VALUE ? NONE : new LagProbe(events, oldest));
    }

    private static CompletionStage<Long> oldest(EventReader reader, Cursor cursor, long from, int reads) {
        return reader.read(from, READ_BYTES).thenCompose(slice -> {
            long seen = Long.MAX_VALUE;
            for (StoredEvent event : slice.events()) {
                seen = event.acceptedMillis();
                if (!cursor.isSettled(event.position())) {
                    return CompletableFuture.completedStage(seen);
                }
            }
            return isOver(slice, reads)
                    ? CompletableFuture.completedStage(slice.atEnd() ? Long.MAX_VALUE : seen)
                    : oldest(reader, cursor, slice.next(), reads - 1);
        });
    }

    private static boolean isOver(Slice slice, int reads) {
        return slice.atEnd() || reads <= 1;
    }

    private static long settledAbove(Ranges settled, long floor) {
        long count = 0;
        for (int i = 0; i < settled.size(); i++) {
            count += Math.max(0, settled.to(i) - Math.max(floor, settled.from(i)));
        }
        return count;
    }
}
