package dev.tidings.client.spool;

import dev.tidings.client.spool.SegmentReader.State;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what an earlier process left. Only of the last file is it not known how many events it has, so only that one
/// is read; what is wrong with the others shows when their turn comes.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final SpoolConfig config;
    private final NavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

    /// What is there.
    ///
    /// @param settled where to go on
    /// @param end     the number of the next event
    record Found(NavigableMap<Long, Segment> segments, Place settled, long end) {}

    private Recovery(SpoolConfig config) {
        this.config = config;
    }

    static Found run(SpoolConfig config, Optional<Place> settled) throws IOException {
        return new Recovery(config).run(settled);
    }

    private Found run(Optional<Place> known) throws IOException {
        list();
        Place settled = known.orElseGet(() -> segments.isEmpty() ? Place.START : Place.startOf(segments.firstKey()));
        for (Segment passed : List.copyOf(segments.headMap(settled.segment()).values())) {
            remove(passed);
        }
        long end =
                segments.isEmpty() ? settled.number() : end(segments.lastEntry().getValue(), settled);
        if (segments.isEmpty() || segments.containsKey(settled.segment())) {
            return new Found(segments, settled, end);
        }
        return new Found(segments, firstOf(segments.firstEntry().getValue(), settled), end);
    }

    private void list() throws IOException {
        try (Stream<Path> files = Files.list(config.directory())) {
            for (Path file : files.toList()) {
                long first = Segment.first(file);
                if (first >= 0) {
                    segments.put(first, new Segment(first, file, Files.size(file)));
                }
            }
        }
    }

    /// The number behind the last event. What was not wholly written is cut off; a file without anything to send goes.
    private long end(Segment last, Place settled) throws IOException {
        Place from = settled.segment() == last.first() ? settled : Place.startOf(last.first());
        Place end;
        State state;
        try (SegmentReader reader = SegmentReader.open(last, from)) {
            state = reader.found().state();
            while (state == State.WHOLE || state == State.SPOILT) {
                reader.pass();
                state = reader.found().state();
            }
            end = reader.place();
        }
        if (state == State.TORN) {
            cut(last, end);
        } else if (state == State.DAMAGED) {
            Damage.report(end, last.path(), "what was fired last");
        }
        if (end.number() <= from.number()) {
            remove(last);
        }
        return Math.max(settled.number(), end.number());
    }

    private void cut(Segment last, Place end) throws IOException {
        LOG.warn(
                "{} ends inside of an event at offset {}: the process ended while it was fired; cut off {} bytes",
                last.path(),
                end.offset(),
                last.size() - end.offset());
        try (RandomAccessFile file = config.open(last.path())) {
            file.setLength(end.offset());
        }
        last.size(end.offset());
    }

    private static Place firstOf(Segment segment, Place settled) {
        if (segment.first() > settled.number()) {
            LOG.error(
                    "{} is the first file, and {} events before it are missing: somebody removed files",
                    segment.path(),
                    segment.first() - settled.number());
        }
        return Place.startOf(segment.first());
    }

    private void remove(Segment segment) throws IOException {
        Files.deleteIfExists(segment.path());
        segments.remove(segment.first());
    }
}
