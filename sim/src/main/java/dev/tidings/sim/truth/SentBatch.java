package dev.tidings.sim.truth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A batch of events, the same in each attempt; some of its events may be in it twice.
public final class SentBatch {
    final List<Sent> events;
    final Set<Sent> distinct;
    private boolean storedAnew;

    public SentBatch(List<Sent> events) {
        this.events = List.copyOf(events);
        this.distinct = new LinkedHashSet<>(events);
    }

    public List<Sent> events() {
        return events;
    }

    public boolean isAcknowledged() {
        return events.getFirst().isAcknowledged();
    }

    /// How many duplicates the first attempt that stores it has.
    int duplicatesAtFirst() {
        int once = (int) distinct.stream().filter(event -> event.once).count();
        int all = (int) events.stream().filter(event -> event.once).count();
        return all - once;
    }

    /// How many duplicates every later attempt has.
    int duplicatesLater() {
        return (int) events.stream().filter(event -> event.once).count();
    }

    /// An attempt was answered as the one that stored it; false where another was before.
    boolean storesAnew() {
        boolean first = !storedAnew;
        storedAnew = true;
        return first;
    }
}
