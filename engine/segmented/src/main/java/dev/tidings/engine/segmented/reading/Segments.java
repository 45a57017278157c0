package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.segmented.segments.IndexFile;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentIndex;
import dev.tidings.engine.segmented.state.StreamLog;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds and reads runs of blocks. Keeps the last index it read; belongs to one reader.
final class Segments {
    private final OpenFiles files;
    private final RunSource runs;
    private volatile Indexed last = Indexed.NOTHING;

    Segments(OpenFiles files, RunSource runs) {
        this.files = files;
        this.runs = runs;
    }

    private record Indexed(String path, SegmentIndex index) {
        static final Indexed NOTHING = new Indexed("", SegmentIndex.EMPTY);
    }

    /// Keeps no index any more. Any thread.
    void forget() {
        last = Indexed.NOTHING;
    }

    /// A place in a segment.
    record Spot(Segment segment, SegmentIndex index, int run) {
        RunBlocks.Span span() {
            long next = run + 1 < index.runs() ? index.first(run + 1) : segment.next();
            return new RunBlocks.Span(index.first(run), next, index.offset(run));
        }

        int length() {
            long end = run + 1 < index.runs() ? index.offset(run + 1) : segment.bytes();
            return Math.toIntExact(end - index.offset(run));
        }
    }

    /// Where a position is, or null where no segment holds it.
    @Nullable
    Spot find(StreamLog stream, long position) throws IOException {
        Segment segment = holding(stream.segments(), position);
        if (segment == null) {
            return null;
        }
        SegmentIndex ofSegment = index(segment);
        return new Spot(segment, ofSegment, ofSegment.runOf(position));
    }

    SegmentIndex index(Segment segment) throws IOException {
        SegmentIndex growing = segment.index();
        if (growing != null) {
            return growing;
        }
        Indexed indexed = last;
        if (!indexed.path.equals(segment.path())) {
            indexed = new Indexed(segment.path(), IndexFile.index(files, segment));
            last = indexed;
        }
        return indexed.index;
    }

    RunBlocks read(StreamLog stream, Spot spot) throws IOException {
        RunBlocks.Span span = spot.span();
        byte[] bytes = runs.read(spot.segment.file(), span.offset(), spot.length());
        return new RunBlocks(spot.segment, stream, span, bytes);
    }

    private static @Nullable Segment holding(List<Segment> segments, long position) {
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Segment segment = segments.get(middle);
            if (position < segment.first()) {
                high = middle - 1;
            } else if (position >= segment.next()) {
                low = middle + 1;
            } else {
                return segment;
            }
        }
        return null;
    }
}
