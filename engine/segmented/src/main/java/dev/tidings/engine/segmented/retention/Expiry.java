package dev.tidings.engine.segmented.retention;

import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.RetentionRules.Progress;
import dev.tidings.engine.RetentionRules.Rule;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.commit.First;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.Summary;
import dev.tidings.engine.segmented.segments.Summary.OfType;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.model.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides where a stream may begin: behind the segments in which every event may go, and then behind the events in
/// memory only that may go. Counts of newer events come from the segments' summaries.
///
/// The stream grows, and is flushed, meanwhile. What is neither in a segment nor in memory as it was looked at stays.
final class Expiry {
    private final RetentionRules rules;
    private final long now;
    private final StreamLog stream;
    private EventType[] types = {};
    /// The lowest position that some group still has to read.
    private final long needed;
    /// By type number, how many events and bytes are not decided yet: all that are newer than what is looked at.
    private final Map<Integer, long[]> newer = new HashMap<>();
    private final Map<Integer, Long> consumedTo = new HashMap<>();
    private boolean consumed;

    Expiry(RetentionRules rules, long now, StreamLog stream, long needed) {
        this.rules = rules;
        this.now = now;
        this.stream = stream;
        this.needed = needed;
    }

    /// The first position that must stay.
    First first() {
        return new First(position(), consumed);
    }

    private long position() {
        long first = stream.first();
        List<Segment> segments = stream.segments();
        long flushed =
                segments.isEmpty() ? first : Math.max(first, segments.getLast().next());
        long end = stream.end();
        types = stream.types();
        segments.forEach(segment -> count(segment.summary(), 1));
        for (long at = flushed; at < end; at++) {
            count(stream.tail().get(at));
        }
        for (Segment segment : segments) {
            count(segment.summary(), -1);
            if (segment.next() > first) {
                if (!mayGo(segment)) {
                    return first;
                }
                first = segment.next();
            }
        }
        return inMemory(Math.max(first, flushed), end);
    }

    private long inMemory(long from, long end) {
        for (long at = from; at < end; at++) {
            StoredEvent event = stream.tail().get(at);
            if (event == null) {
                return at;
            }
            int type = typeNumber(event);
            long[] left = newer.get(type);
            if (left != null) {
                left[0]--;
                left[1] -= event.json().length();
            }
            if (!mayGo(type, event.acceptedMillis(), at + 1)) {
                return at;
            }
        }
        return end;
    }

    private boolean mayGo(Segment segment) {
        for (Map.Entry<Integer, OfType> of : segment.summary().types().entrySet()) {
            if (!mayGo(of.getKey(), of.getValue().newest(), segment.next())) {
                return false;
            }
        }
        return true;
    }

    private boolean mayGo(int type, long newest, long next) {
        Rule rule = rules.of(stream.name(), types[type]);
        if (rule.onceConsumed()) {
            long consumedTo = consumedTo(type);
            if (consumedTo != Progress.NOT_A_QUEUE) {
                return next <= consumedTo;
            }
        }
        if (rule.untilConsumed() && next > needed) {
            return false;
        }
        consumed |= rule.untilConsumed();
        long[] left = newer.getOrDefault(type, new long[2]);
        return now - newest > rule.age().toMillis()
                || rule.count() != null && left[0] >= rule.count()
                || rule.size() != null && left[1] >= rule.size().bytes();
    }

    /// Asked once: all of one look goes by one answer.
    private long consumedTo(int type) {
        return consumedTo.computeIfAbsent(
                type, number -> rules.progress().consumedTo(stream.partition(), types[number]));
    }

    private void count(Summary summary, int sign) {
        summary.types().forEach((type, of) -> count(type, sign * of.count(), sign * of.bytes()));
    }

    private void count(@Nullable StoredEvent event) {
        if (event != null) {
            count(typeNumber(event), 1, event.json().length());
        }
    }

    private void count(int type, long events, long bytes) {
        long[] of = newer.computeIfAbsent(type, _ -> new long[2]);
        of[0] += events;
        of[1] += bytes;
    }

    private static int typeNumber(StoredEvent event) {
        return EntryFormat.type(event.json().array(), EntryFormat.startOf(event));
    }
}
