package dev.tidings.client.listening;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The keys of which one connection gave an event back. With it the broker takes back what the connection has of the
/// key behind it, and sends all of that again, in order. But what was on its way by then arrives all the same, and
/// nothing tells it from what is sent again: handled now, it would overtake the event that was given back. So until
/// that one has come again, others of its key are given back, too, which does nothing where the broker has them
/// already. What comes a second time was sent again: then the one that was given back is done, by another process.
/// May be used by any thread.
final class GivenBack {
    /// Nothing is on its way for longer: the connection would have been given up.
    private static final Duration ON_ITS_WAY = Subscription.SILENCE;

    /// Of more keys than that at once, the first is long past.
    private static final int MOST_KEYS = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Awaited> keys = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Awaited> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /// @param source with the id says which event it is
    record Identity(@Nullable Object source, @Nullable Object id) {}

    /// An event that is to come again before others of its key.
    private record Awaited(Identity event, long since, Set<Identity> passed) {}

    /// @param nanos a clock that only goes forward
    GivenBack(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// That event is given back now.
    synchronized void add(String key, Identity event) {
        keys.remove(key);
        keys.put(key, new Awaited(event, nanos.getAsLong(), new HashSet<>()));
    }

    /// Whether an event that comes up may have been taken back, so that it is to be given back, too. Asked once for
    /// each that arrives, in the order of its key.
    ///
    /// @param arrived when it did, by the clock
    synchronized boolean covers(String key, Identity event, long arrived) {
        Awaited awaited = keys.get(key);
        if (awaited == null) {
            return false;
        }
        boolean late = arrived - awaited.since > ON_ITS_WAY.toNanos();
        if (late || awaited.event.equals(event) || !awaited.passed.add(event)) {
            keys.remove(key);
            return false;
        }
        return true;
    }
}
