package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.state.StreamLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One read under way.
final class Gather {
    final StreamLog stream;
    final Selection selection;
    final long end;
    private final List<StoredEvent> events = new ArrayList<>();
    private long room;
    private long scanned;
    long at;

    Gather(StreamLog stream, Selection selection, long from, int maxBytes) {
        this.stream = stream;
        this.selection = selection;
        this.end = stream.end();
        this.at = Math.max(from, stream.first());
        this.room = maxBytes;
        selection.learn(stream.types());
    }

    /// So many bytes were looked through.
    void scanned(int bytes) {
        scanned += bytes;
    }

    long scanned() {
        return scanned;
    }

    boolean done() {
        return at >= end || room <= 0 && !events.isEmpty();
    }

    boolean atEnd() {
        return at >= end;
    }

    void add(StoredEvent event) {
        events.add(event);
        room -= event.json().length();
    }

    /// Nothing selected lies before `position`, as far as the types known at the start of this read tell: behind
    /// the end there may be others.
    void skipTo(long position) {
        at = Math.max(at, Math.min(position, end));
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /// What retention removed meanwhile is stepped over; returns whether something was.
    boolean skipRemoved() {
        long first = stream.first();
        boolean removed = at < first;
        at = Math.max(at, first);
        return removed;
    }

    Slice slice() {
        return new Slice(Collections.unmodifiableList(events), at, end);
    }
}
