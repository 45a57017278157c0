package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.state.StreamLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Finds single events in segments, at once and on the calling thread. Keeps the last run, since who asks for one
/// event often asks for its neighbour next. Belongs to one thread.
public final class SegmentLookup {
    private final Segments segments;
    private int lastStream = -1;
    private @Nullable RunBlocks last;

    public SegmentLookup(OpenFiles files) {
        this.segments = new Segments(files, files::read);
    }

    /// The event, or null where retention has removed it.
    public @Nullable StoredEvent find(StreamLog stream, long position) {
        if (position < stream.first()) {
            return null;
        }
        RunBlocks run = last;
        if (run != null && lastStream == stream.number() && run.holds(position)) {
            return run.event(position, stream);
        }
        try {
            Segments.Spot spot = segments.find(stream, position);
            if (spot == null) {
                return null;
            }
            run = segments.read(stream, spot);
        } catch (IOException e) {
            if (position < stream.first()) {
                return null;
            }
            throw new UncheckedIOException(e);
        }
        last = run;
        lastStream = stream.number();
        return run.event(position, stream);
    }
}
