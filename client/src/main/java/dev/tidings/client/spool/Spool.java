package dev.tidings.client.spool;

import dev.tidings.client.spool.SegmentReader.Found;
import dev.tidings.client.spool.SegmentReader.State;
import dev.tidings.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A queue of events in files of a directory. An event that was appended is with the operating system: that the process
/// is killed does no harm to it. Nothing is synced, so a power cut may take the last events, or damage them, which
/// shows.
///
/// One thread reads. Everything else is done by one thread at a time, also while that one reads.
public final class Spool implements AutoCloseable {
    /// A file from which everything is settled goes at once where it is larger: on a full disk that makes room.
    private static final long WORTH_REMOVING = 64 * 1024;

    private final SpoolConfig config;
    private final DirectoryLock lock;
    private final SettledFile settledFile;
    private final NavigableMap<Long, Segment> segments;
    private @Nullable SegmentWriter writer;
    private volatile @Nullable SegmentReader reader;
    private volatile Place settled;
    private volatile long end;
    private long bytes;

    private Spool(SpoolConfig config, DirectoryLock lock, SettledFile settledFile, Recovery.Found found) {
        this.config = config;
        this.lock = lock;
        this.settledFile = settledFile;
        this.segments = found.segments();
        this.settled = found.settled();
        this.end = found.end();
        this.bytes = unsettledBytes();
    }

    /// Opens a directory, with what is in it.
    ///
    /// @throws IOException where it cannot be used, or somebody uses it
    public static Spool open(SpoolConfig config) throws IOException {
        Files.createDirectories(config.directory());
        DirectoryLock lock = DirectoryLock.of(config.directory());
        try {
            SettledFile settled = SettledFile.open(config);
            try {
                return new Spool(config, lock, settled, Recovery.run(config, settled.read()));
            } catch (IOException | RuntimeException failed) {
                settled.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /// How many bytes of a file an event takes.
    public static long size(Bytes json) {
        return Segment.PREFIX + (long) json.length();
    }

    /// Adds an event behind all others.
    ///
    /// @throws IOException where it was not added; the next one may be
    public void append(Bytes json) throws IOException {
        writer().append(end, json);
        bytes += size(json);
        long next = end + 1;
        end = next;
    }

    private SegmentWriter writer() throws IOException {
        SegmentWriter current = writer;
        if (current != null && current.segment().size() < config.segment()) {
            return current;
        }
        SegmentWriter next = SegmentWriter.create(config, end);
        segments.put(end, next.segment());
        writer = next;
        if (current != null) {
            current.close();
        }
        return next;
    }

    /// Reads on: at most so many events and bytes, but at least one event where there is one that can be read. What
    /// cannot is reported and passed over; read again after it failed, it begins behind what is settled.
    public List<Bytes> read(int most, long mostBytes) throws IOException {
        try {
            List<Bytes> batch = new ArrayList<>();
            long size = 0;
            for (Optional<Bytes> next = next(); next.isPresent(); next = next()) {
                size += next.get().length() + 1;
                if (batch.size() == most || size > mostBytes && !batch.isEmpty()) {
                    break;
                }
                batch.add(next.get());
                reader().pass();
            }
            return batch;
        } catch (IOException failed) {
            closeReader();
            throw failed;
        }
    }

    private Optional<Bytes> next() throws IOException {
        while (place().number() < end) {
            Found found = reader().found();
            if (found.state() == State.WHOLE) {
                return Optional.of(found.json());
            }
            skip(reader(), found.state());
        }
        return Optional.empty();
    }

    private Place place() {
        SegmentReader current = reader;
        return current == null ? settled : current.place();
    }

    /// The file in which the next event is.
    private SegmentReader reader() throws IOException {
        SegmentReader current = reader;
        if (current == null) {
            Segment segment = segments.get(settled.segment());
            current = segment == null ? open(settled.segment()) : SegmentReader.open(segment, settled);
            reader = current;
        }
        Map.Entry<Long, Segment> next = segments.higherEntry(current.segment().first());
        if (next == null || next.getKey() > current.place().number()) {
            return current;
        }
        current.close();
        current = open(current.segment().first());
        reader = current;
        return current;
    }

    /// The file that follows that one.
    private SegmentReader open(long segment) throws IOException {
        Map.Entry<Long, Segment> next = segments.higherEntry(segment);
        if (next == null) {
            throw new IOException(
                    config.directory() + ": events are missing; somebody changes files while they are used");
        }
        return SegmentReader.open(next.getValue(), Place.startOf(next.getKey()));
    }

    private void skip(SegmentReader at, State state) throws IOException {
        Path file = at.segment().path();
        if (state == State.SPOILT) {
            Damage.report(at.place(), file, "one event");
            at.pass();
            return;
        }
        SegmentReader next = open(at.segment().first());
        Damage.report(at.place(), file, next.place().number() - at.place().number() + " events");
        reader = next;
        at.close();
    }

    /// What was read so far is done with.
    ///
    /// @throws IOException where that could not be written down: after a crash it would be read again
    public void settle() throws IOException {
        settled = place();
        bytes = unsettledBytes();
        settledFile.write(settled);
        for (Segment passed : List.copyOf(segments.headMap(settled.segment()).values())) {
            remove(passed);
        }
        Map.Entry<Long, Segment> last = segments.lastEntry();
        if (settled.number() == end && last != null && last.getValue().size() > WORTH_REMOVING) {
            removeAll();
        }
    }

    private void removeAll() throws IOException {
        closeReader();
        closeWriter();
        for (Segment segment : List.copyOf(segments.values())) {
            remove(segment);
        }
    }

    private void remove(Segment segment) throws IOException {
        Files.deleteIfExists(segment.path());
        segments.remove(segment.first());
    }

    private long unsettledBytes() {
        long sum = 0;
        for (Segment segment : segments.tailMap(settled.segment()).values()) {
            long from = segment.first() == settled.segment() ? settled.offset() : Segment.HEADER;
            sum += segment.size() - from;
        }
        return sum;
    }

    /// How many events were ever appended: the number of the next.
    public long end() {
        return end;
    }

    /// How many of those are settled.
    public long settled() {
        return settled.number();
    }

    /// How many bytes of files the others take.
    public long bytes() {
        return bytes;
    }

    /// Lets others have the directory, with what is not settled.
    @Override
    public void close() throws IOException {
        if (settled.number() == end) {
            removeAll();
        }
        closeReader();
        closeWriter();
        settledFile.close();
        lock.close();
    }

    private void closeWriter() throws IOException {
        SegmentWriter current = writer;
        writer = null;
        if (current != null) {
            current.close();
        }
    }

    private void closeReader() throws IOException {
        SegmentReader current = reader;
        reader = null;
        if (current != null) {
            current.close();
        }
    }
}
