package dev.tidings.engine.testkit;

import dev.tidings.engine.Extent;
import dev.tidings.engine.RetentionRules.Progress;
import dev.tidings.engine.RetentionRules.Rule;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;

/// The events of one stream in a [MemoryStore].
final class MemoryPartition {
    private final List<StoredEvent> events = new ArrayList<>();
    private long first;

    Extent extent() {
        return new Extent(first, next());
    }

    long next() {
        return first + events.size();
    }

    void add(StoredEvent event) {
        events.add(event);
    }

    Slice read(long from, int maxBytes, TypeSelection types) {
        List<StoredEvent> found = new ArrayList<>();
        long bytes = 0;
        for (long position = Math.max(from, first); position < next(); position++) {
            StoredEvent event = at(position);
            if (types.includes(event.type())) {
                found.add(event);
                bytes += event.json().length();
                if (bytes >= maxBytes) {
                    return new Slice(List.copyOf(found), position + 1, next());
                }
            }
        }
        return new Slice(List.copyOf(found), Math.max(from, next()), next());
    }

    long positionAt(Instant time) {
        for (StoredEvent event : events) {
            if (!Instant.ofEpochMilli(event.acceptedMillis()).isBefore(time)) {
                return event.position();
            }
        }
        return next();
    }

    /// Removes from the front what its rule allows to remove, up to the first event that must stay.
    void sweep(Instant now, Function<EventType, Rule> rules, Consumption consumption) {
        List<Newer> newer = newerOfItsType();
        int passed = 0;
        while (passed < events.size()) {
            StoredEvent oldest = events.get(passed);
            Rule rule = rules.apply(oldest.type());
            long consumedTo =
                    rule.onceConsumed() ? consumption.ofQueue().applyAsLong(oldest.type()) : Progress.NOT_A_QUEUE;
            boolean kept = rule.untilConsumed() && !consumption.byAll().test(oldest.position());
            boolean mayGo = consumedTo == Progress.NOT_A_QUEUE
                    ? !kept && passed(rule, oldest, newer.get(passed), now)
                    : oldest.position() < consumedTo;
            if (!mayGo) {
                break;
            }
            passed++;
        }
        events.subList(0, passed).clear();
        first += passed;
    }

    /// @param byAll   whether every group is past a position
    /// @param ofQueue how far the events of a type are consumed
    record Consumption(LongPredicate byAll, ToLongFunction<EventType> ofQueue) {}

    private static boolean passed(Rule rule, StoredEvent event, Newer newer, Instant now) {
        return Instant.ofEpochMilli(event.acceptedMillis()).plus(rule.age()).isBefore(now)
                || rule.count() != null && newer.count >= rule.count()
                || rule.size() != null && newer.bytes >= rule.size().bytes();
    }

    /// For each event, how many of its type came after it.
    private List<Newer> newerOfItsType() {
        List<Newer> result = new ArrayList<>();
        Map<EventType, Newer> soFar = new HashMap<>();
        for (StoredEvent event : events.reversed()) {
            Newer newer = soFar.getOrDefault(event.type(), Newer.NONE);
            result.add(newer);
            soFar.put(
                    event.type(),
                    new Newer(newer.count + 1, newer.bytes + event.json().length()));
        }
        return result.reversed();
    }

    private StoredEvent at(long position) {
        return events.get(Math.toIntExact(position - first));
    }

    private record Newer(long count, long bytes) {
        static final Newer NONE = new Newer(0, 0);
    }
}
