package dev.tidings.engine.segmented.salvage;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.dedup.Sighting;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Identity;
import dev.tidings.engine.segmented.format.Lost;
import dev.tidings.engine.segmented.salvage.Salvaged.Gap;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Writes the events of one stream into segments of a new store, each at its old position. Where positions are
/// missing, something stands in for them.
final class StreamRewriter {
    private static final long PORTION = 4 << 20;
    private static final long MOST_MISSING = 1 << 26;

    private final SegmentStore store;
    private final Seen seen;
    private final Stream stream;
    private final List<StoredEvent> portion = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private List<Segment> segments = List.of();
    private long portionBytes;
    private long next = -1;
    private long kept;
    private long accepted;

    /// The stream to write.
    ///
    /// @param lostType the number of the type of what stands in for lost events
    /// @param first    where the stream begins at the earliest; what lies before had been removed
    record Stream(SegmentStore.Target target, int lostType, long first, long seed, long now, Consumer<String> notes) {}

    StreamRewriter(SegmentStore store, Seen seen, Stream stream) {
        this.store = store;
        this.seen = seen;
        this.stream = stream;
        this.accepted = 0;
    }

    /// Takes an entry, unless its position was written already or lies before the stream's first. Where the stream
    /// begins is told by the first.
    void add(byte[] array, int at) throws IOException {
        long position = EntryFormat.position(array, at);
        if (position < Math.max(next, stream.first)) {
            return;
        }
        if (!canReach(position)) {
            stream.notes.accept("stream %d: an event is left out whose position, %d, makes no sense"
                    .formatted(stream.target.number(), position));
            return;
        }
        fillTo(position);
        accepted = Math.max(accepted, EntryFormat.accepted(array, at));
        byte[] alone = Arrays.copyOfRange(array, at, EntryFormat.endOf(array, at));
        remember(alone);
        put(EntryFormat.read(alone, 0, Lost.TYPE));
        kept++;
    }

    private void remember(byte[] entry) {
        long window = EntryFormat.remember(entry, 0);
        long acceptedAt = EntryFormat.accepted(entry, 0);
        if (window > 0 && acceptedAt + window > stream.now) {
            long location = Seen.location(stream.target.number(), EntryFormat.position(entry, 0));
            seen.put(new Sighting(Identity.hash(stream.seed, entry, 0), location, acceptedAt), window);
        }
    }

    /// Whether the stream may go on there. So many events are never missing at one place; each takes space.
    boolean canReach(long position) {
        return position - next() <= MOST_MISSING;
    }

    /// Stands in for all that is missing before `position`.
    void fillTo(long position) throws IOException {
        long from = next();
        if (from < position) {
            gaps.add(new Gap(from, position));
        }
        for (long at = from; at < position; at++) {
            put(Lost.at(new EntryFormat.Place(stream.target.number(), stream.lostType, at, accepted)));
        }
        next = Math.max(from, position);
    }

    private void put(StoredEvent event) throws IOException {
        portion.add(event);
        portionBytes += event.json().length() + EntryFormat.HEADER;
        next = event.position() + 1;
        if (portionBytes >= PORTION) {
            write();
        }
    }

    private void write() throws IOException {
        SegmentStore.Target target = stream.target;
        segments = store.append(new SegmentStore.Target(target.number(), target.name(), segments), portion, stream.now);
        portion.clear();
        portionBytes = 0;
    }

    /// Writes the rest.
    void end() throws IOException {
        if (!portion.isEmpty()) {
            write();
        }
    }

    /// The segments, when all is written.
    List<Segment> segments() {
        return segments;
    }

    /// The position after the last.
    long next() {
        return Math.max(next, stream.first);
    }

    Salvaged.OfStream outcome() {
        return new Salvaged.OfStream(stream.target.name(), kept, gaps);
    }
}
