package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Makes, extends, seals and removes the segments of streams. One thread at a time.
public final class SegmentStore {
    public static final String ROOT = "streams";
    private static final int NAME_PART = 60;

    private final Disk disk;
    private final OpenFiles files;
    private final Roll roll;

    /// When a segment is full.
    public record Roll(long bytes, long millis) {}

    public SegmentStore(Disk disk, OpenFiles files, Roll roll) {
        this.disk = disk;
        this.files = files;
        this.roll = roll;
    }

    public OpenFiles files() {
        return files;
    }

    /// The directory of a stream: its number, then what of its name every file system takes.
    public static String directory(int number, StreamName name) {
        StringBuilder text = new StringBuilder(ROOT).append('/').append(number).append('-');
        String value = name.value();
        for (int i = 0; i < value.length() && i < NAME_PART; i++) {
            char c = value.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.';
            text.append(plain ? c : '_');
        }
        return text.toString();
    }

    public static String path(String directory, long first) {
        return "%s/%020d".formatted(directory, first);
    }

    /// Whose events to append.
    public record Target(int number, StreamName name, List<Segment> segments) {}

    /// Appends events behind the last segment, which is sealed first where it is full; returns the segments as
    /// they are then. All is durable.
    public List<Segment> append(Target target, List<StoredEvent> events, long now) throws IOException {
        List<Segment> result = new ArrayList<>(target.segments);
        int at = 0;
        while (at < events.size()) {
            Segment last = result.isEmpty() ? null : result.getLast();
            if (last == null || last.sealed() || isFull(last, now)) {
                if (last != null && !last.sealed()) {
                    result.set(result.size() - 1, seal(last));
                }
                last = create(target, events.get(at).position());
                result.add(last);
            }
            int to = fitting(events, at, roll.bytes - last.bytes());
            SegmentIndex index = Objects.requireNonNull(last.index());
            result.set(result.size() - 1, SegmentAppender.append(disk, last, index, events.subList(at, to)));
            at = to;
        }
        return result;
    }

    private boolean isFull(Segment segment, long now) {
        return segment.bytes() >= roll.bytes || now - segment.summary().firstMillis() >= roll.millis;
    }

    private static int fitting(List<StoredEvent> events, int from, long room) {
        long bytes = 0;
        int to = from;
        while (to < events.size() && bytes < room) {
            bytes += events.get(to).json().length();
            to++;
        }
        return Math.max(to, from + 1);
    }

    private Segment create(Target target, long first) throws IOException {
        String directory = directory(target.number, target.name);
        if (!disk.exists(directory)) {
            disk.createDirectory(directory);
            disk.syncDirectory(ROOT);
        }
        Segment segment = new Segment(
                path(directory, first), first, first, SegmentHeader.BYTES, Summary.EMPTY, SegmentIndex.EMPTY);
        try (DiskFile file = disk.open(segment.file())) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(SegmentHeader.of(target.number, target.name.value(), first)), 0);
        }
        disk.syncDirectory(directory);
        return segment;
    }

    private Segment seal(Segment segment) throws IOException {
        IndexFile.write(disk, segment, Objects.requireNonNull(segment.index()));
        disk.syncDirectory(segment.path().substring(0, segment.path().lastIndexOf('/')));
        return segment.seal();
    }

    /// Removes a segment's files.
    public void remove(Segment segment) throws IOException {
        for (String path : List.of(segment.file(), segment.indexFile())) {
            files.forget(path);
            if (disk.exists(path)) {
                disk.delete(path);
            }
        }
    }

    /// Makes removals in the directory of a segment durable.
    public void syncRemovals(Segment neighbour) throws IOException {
        disk.syncDirectory(neighbour.path().substring(0, neighbour.path().lastIndexOf('/')));
    }

    /// Refuses a segment whose file does not have all that counts.
    public void check(Segment segment) throws IOException {
        if (!disk.exists(segment.file())) {
            throw new Corrupt(segment.file(), 0, "the file is missing");
        }
        try (DiskFile file = disk.open(segment.file())) {
            long size = file.size();
            if (size < segment.bytes()) {
                throw new Corrupt(segment.file(), size, "the file ends before byte " + segment.bytes());
            }
        }
    }

    /// Cuts off what a growing segment's file has beyond what counts.
    public void cut(Segment segment) throws IOException {
        if (!segment.sealed()) {
            try (DiskFile file = disk.open(segment.file())) {
                file.truncate(segment.bytes());
            }
        }
    }
}
