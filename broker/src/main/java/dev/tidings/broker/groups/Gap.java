package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A stretch of a partition that a group has read before it was granted some of the types in it. Their events are
/// read beside what is new, and no faster than somebody wants them. Belongs to the loop.
final class Gap {
    private final Feed feed;
    private final long limit;
    private Selection types;
    private long at;

    /// Positions from `at` (inclusive) to `limit` (exclusive) in which events of these types are to be read.
    record Span(Selection types, long at, long limit) {
        boolean isEmpty() {
            return at >= limit || types.isEmpty();
        }
    }

    Gap(Facilities facilities, Partition partition, Span span, Consumer<Throwable> onFailure) {
        this.feed = new Feed(facilities, partition, span.types().in(partition.stream()), onFailure);
        this.types = span.types();
        this.at = span.at();
        this.limit = span.limit();
    }

    Coverage.Stretch stretch() {
        return new Coverage.Stretch(types.types().keySet(), at, limit);
    }

    /// How many positions are left.
    long left() {
        return limit - at;
    }

    boolean isReading() {
        return feed.isReading();
    }

    /// Whether nothing can be read now.
    ///
    /// @param readTo where the group is; what it has not read again itself since it was opened is left to it first
    boolean isIdle(long readTo) {
        return feed.isReading() || readTo < limit;
    }

    /// Reads only what is granted still.
    void retain(Selection granted) {
        Selection left = types.retain(granted);
        if (!left.equals(types)) {
            types = left;
            feed.select(left.in(feed.partition().stream()));
        }
    }

    boolean isFilled() {
        return at >= limit || types.isEmpty();
    }

    /// Reads on where nothing is at hand, and offers what is; returns how much that was.
    int advance(GroupDispatch dispatch, int index, Sieve sieve, int most) {
        if (!feed.hasNext()) {
            feed.read(at);
        }
        int offered = 0;
        while (offered < most && feed.hasNext() && dispatch.wantsMore(index) && !sieve.isSpent()) {
            offer(dispatch, index, sieve, feed.next());
            offered++;
        }
        if (!feed.hasNext() && !feed.isReading()) {
            passTo(feed.readTo());
            feed.putAway(dispatch.waiting());
        }
        return offered;
    }

    @Nullable
    StoredEvent find(long position) {
        return feed.find(position);
    }

    void close() {
        feed.close();
    }

    private void offer(GroupDispatch dispatch, int index, Sieve sieve, StoredEvent event) {
        passTo(event.position() + 1);
        if (event.position() < limit && types.reveals(event) && sieve.passes(feed.partition(), event)) {
            dispatch.acceptLate(index, event);
            dispatch.assign();
        }
    }

    private void passTo(long position) {
        at = Math.max(at, Math.min(position, limit));
    }
}
