package dev.tidings.broker.groups;

import dev.tidings.engine.StoredEvent;
import dev.tidings.filter.EventFilter;
import dev.tidings.filter.FilterInput;
import dev.tidings.filter.Verdict;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// What a filter has said of the last events of one partition, for groups that have equal filters: they read the same
/// events at nearly the same time, each on its own loop. While there is only one, nothing is remembered. Any thread.
///
/// A slot for each position modulo [#SLOTS], which holds the position and the verdict in one `long`. Two threads may
/// both find a slot empty, and both judge; they come to the same verdict.
public final class VerdictMemo {
    private static final int SLOTS = 1_024;

    private final EventFilter filter;
    private volatile @Nullable AtomicLongArray slots;

    VerdictMemo(EventFilter filter) {
        this.filter = filter;
    }

    /// Remembers from now on; false where it does already.
    boolean remember() {
        boolean begins = slots == null;
        if (begins) {
            slots = new AtomicLongArray(SLOTS);
        }
        return begins;
    }

    boolean remembers() {
        return slots != null;
    }

    public Verdict judge(StoredEvent event) {
        AtomicLongArray known = slots;
        if (known == null) {
            return filter.judge(input(event));
        }
        int slot = (int) event.position() & SLOTS - 1;
        long found = known.getOpaque(slot);
        if (found != 0 && found >>> 2 == event.position()) {
            return found(found & 3);
        }
        Verdict verdict = filter.judge(input(event));
        known.setOpaque(slot, event.position() << 2 | code(verdict));
        return verdict;
    }

    /// Why the filter fails on an event.
    @Nullable
    String failure(StoredEvent event) {
        FilterInput input = input(event);
        filter.judge(input);
        return input.failure();
    }

    private static long code(Verdict verdict) {
        return switch (verdict) {
            case MATCHES -> 1;
            case DOES_NOT -> 2;
            case FAILED -> 3;
        };
    }

    private static Verdict found(long code) {
        return code == 1 ? Verdict.MATCHES : code == 2 ? Verdict.DOES_NOT : Verdict.FAILED;
    }

    private static FilterInput input(StoredEvent event) {
        return FilterInput.of(event.json(), event.acceptedMillis());
    }
}
