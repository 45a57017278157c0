package dev.tidings.broker.streams;

import dev.tidings.broker.groups.Filtering;
import dev.tidings.broker.groups.VerdictMemo;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.filter.EventFilter;
import dev.tidings.filter.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets through what the filter of a reader matches. Readers with equal filters that are at the same place share
/// what it says. Belongs to the client's loop, of which it takes a small part at a time only.
final class StreamSieve {
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int ALWAYS = 16;

    private final @Nullable EventFilter filter;
    private final Filtering filtering;
    private final LongSupplier nanos;
    private final Map<Partition, VerdictMemo> memos = new HashMap<>();
    private long began;
    private int judged;

    /// @param filter null: everything passes
    StreamSieve(@Nullable EventFilter filter, Filtering filtering, LongSupplier nanos) {
        this.filter = filter == null || filter.matchesAll() ? null : filter;
        this.filtering = filtering;
        this.nanos = nanos;
    }

    /// A part of the loop's time begins.
    void begin() {
        judged = 0;
        began = nanos.getAsLong();
    }

    /// Whether it is over.
    boolean isSpent() {
        return judged >= ALWAYS && nanos.getAsLong() - began >= SLICE;
    }

    Verdict judge(Partition partition, StoredEvent event) {
        EventFilter current = filter;
        if (current == null) {
            return Verdict.MATCHES;
        }
        judged++;
        return memos.computeIfAbsent(partition, _ -> filtering.take(current, partition))
                .judge(event);
    }

    void close() {
        EventFilter current = filter;
        if (current != null) {
            memos.keySet().forEach(partition -> filtering.give(current, partition));
            memos.clear();
        }
    }
}
