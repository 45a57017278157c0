package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.dedup.Sighting;
import dev.tidings.engine.segmented.format.Draft;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Identity;
import dev.tidings.engine.segmented.reading.SegmentLookup;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Whether an entry was stored before: its hash was seen, and then the stored event itself says. An event that
/// retention has removed, or that cannot be read, can't say; then the hash counts, whose 64 bits hang on a secret.
final class Duplicates {
    private final Seen seen;
    private final Streams streams;
    private final SegmentLookup segments;
    private final Health health;

    Duplicates(Memory memory, SegmentLookup segments, Health health) {
        this.seen = memory.seen();
        this.streams = memory.streams();
        this.segments = segments;
        this.health = health;
    }

    boolean has(Draft draft, long now) {
        return draft.remember() > 0
                && seen.any(
                        draft.identity(),
                        (location, accepted) -> accepted + draft.remember() > now && isSame(draft, location, now));
    }

    void add(Draft draft, StreamLog stream, long position, long now) {
        if (draft.remember() > 0) {
            long location = Seen.location(stream.number(), position);
            seen.put(new Sighting(draft.identity(), location, now), draft.remember());
        }
    }

    private boolean isSame(Draft draft, long location, long now) {
        StreamLog stream = streams.find(Seen.stream(location));
        long position = Seen.position(location);
        if (stream == null || position < stream.first()) {
            return stream != null;
        }
        StoredEvent stored;
        try {
            stored = find(stream, position);
        } catch (Corrupt | UncheckedIOException e) {
            health.corrupt(String.valueOf(e.getMessage()));
            return true;
        }
        if (stored == null) {
            return position < stream.first();
        }
        byte[] array = stored.json().array();
        int at = EntryFormat.startOf(stored);
        return stored.acceptedMillis() + EntryFormat.remember(array, at) > now && Identity.same(draft, array, at);
    }

    private @Nullable StoredEvent find(StreamLog stream, long position) {
        StoredEvent recent = stream.tail().get(position);
        return recent != null || position >= stream.flushed() ? recent : segments.find(stream, position);
    }
}
