package dev.tidings.engine.segmented.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.format.Items;
import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentIndex;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.segments.Summary;
import dev.tidings.engine.segmented.state.StreamLog;
import java.util.ArrayList;
import java.util.List;

/// The items that only snapshots have: where a stream stands and what its segments are, the generations of
/// deduplication, the time.
public final class SnapshotItems {
    public static final int STANDING = -100;
    public static final int GENERATION = -101;
    public static final int TIME = -102;

    private SnapshotItems() {}

    /// Where a stream stands.
    ///
    /// @param sealed  the first positions of its sealed segments
    /// @param growing the segment that is not sealed, or none
    public record Standing(int stream, long first, long flushed, List<Long> sealed, List<Segment> growing) {

        static Standing of(StreamLog stream, List<Segment> segments, long flushed) {
            List<Long> sealed = new ArrayList<>();
            List<Segment> growing = new ArrayList<>();
            for (Segment segment : segments) {
                if (segment.sealed()) {
                    sealed.add(segment.first());
                } else {
                    growing.add(segment);
                }
            }
            return new Standing(stream.number(), stream.first(), flushed, sealed, growing);
        }

        void write(Writer out) {
            int start = Items.begin(out, STANDING);
            out.putInt(stream);
            out.putVar(first);
            out.putVar(flushed);
            out.putVar(sealed.size());
            sealed.forEach(out::putVar);
            out.putVar(growing.size());
            growing.forEach(segment -> write(out, segment));
            Items.end(out, start);
        }

        private static void write(Writer out, Segment segment) {
            SegmentIndex index = segment.index() == null ? SegmentIndex.EMPTY : segment.index();
            out.putVar(segment.first());
            out.putVar(segment.next());
            out.putVar(segment.bytes());
            segment.summary().write(out);
            out.putVar(index.runs());
            index.write(out);
        }

        /// Demands that the segments follow each other up to where the stream is flushed, or to where it begins.
        ///
        /// @param types how many types the stream has
        public void requireSense(int types) {
            long reached = -1;
            for (long bound : sealed) {
                require(bound > reached);
                reached = bound;
            }
            for (Segment segment : growing) {
                require(segment.first() > reached && segment.next() > segment.first());
                require(segment.next() == flushed || segment.next() <= Math.min(first, flushed));
                require(requireNonNull(segment.index()).fits(segment)
                        && segment.summary().within(types));
                reached = segment.first();
            }
            require(first >= 0 && flushed > reached && (reached >= 0 || first >= flushed));
        }

        private void require(boolean sense) {
            if (!sense) {
                throw new IllegalStateException(
                        "the segments of stream %d from %d to %d do not follow each other: %s, %s"
                                .formatted(stream, first, flushed, sealed, growing));
            }
        }

        /// @param directory where the stream's segments are
        public static Standing read(Reader in, int stream, String directory) {
            long first = in.readVar();
            long flushed = in.readVar();
            int count = in.readSize();
            in.require(count);
            List<Long> sealed = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                sealed.add(in.readVar());
            }
            List<Segment> growing = in.readSize() == 0 ? List.of() : List.of(readGrowing(in, directory));
            return new Standing(stream, first, flushed, sealed, growing);
        }

        private static Segment readGrowing(Reader in, String directory) {
            long first = in.readVar();
            long next = in.readVar();
            long bytes = in.readVar();
            Summary summary = Summary.read(in);
            SegmentIndex index = SegmentIndex.read(in, in.readSize());
            return new Segment(SegmentStore.path(directory, first), first, next, bytes, summary, index);
        }
    }

    static void generation(Writer out, Seen.Saved generation) {
        int start = Items.begin(out, GENERATION);
        generation.write(out);
        Items.end(out, start);
    }

    static void time(Writer out, long millis) {
        int start = Items.begin(out, TIME);
        out.putLong(millis);
        Items.end(out, start);
    }
}
