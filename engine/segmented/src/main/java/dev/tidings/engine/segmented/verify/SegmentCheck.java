package dev.tidings.engine.segmented.verify;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.segments.Block;
import dev.tidings.engine.segmented.segments.IndexFile;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentHeader;
import dev.tidings.engine.segmented.segments.SegmentIndex;
import dev.tidings.engine.segmented.segments.SegmentWalk;
import dev.tidings.engine.segmented.segments.Summary;
import dev.tidings.engine.segmented.verify.Findings.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at one segment: its header, its blocks, that they follow each other, and that the index leads to them.
final class SegmentCheck implements SegmentWalk.Sink {
    private final String path;
    private final @Nullable SegmentIndex index;
    private final int stream;
    private final List<Damage> damage;
    private long next;
    /// Whether what came last did not hold.
    private boolean lost;
    private int run;
    private long events;
    private long bytes;

    private SegmentCheck(Segment segment, int stream, @Nullable SegmentIndex index, List<Damage> damage) {
        this.path = segment.file();
        this.stream = stream;
        this.index = index;
        this.damage = damage;
        this.next = segment.first();
    }

    /// What a file was found to hold.
    record Held(long events, long bytes) {}

    /// Looks at a segment of a stream.
    static void of(Disk disk, Segment segment, int stream, List<Damage> damage) throws IOException {
        if (!disk.exists(segment.file())) {
            damage.add(new Damage(segment.file(), 0, "the file is missing"));
            return;
        }
        SegmentCheck check = new SegmentCheck(segment, stream, index(disk, segment, damage), damage);
        try (DiskFile file = disk.open(segment.file())) {
            check.header(file);
            if (file.size() < segment.bytes()) {
                check.add(file.size(), "the file ends before byte " + segment.bytes());
            }
            SegmentWalk.walk(file, segment.bytes(), check);
        }
        check.restOfIndex();
        if (check.next != segment.next() && !check.lost) {
            check.add(
                    segment.bytes(), "it ends with position %d, not %d".formatted(check.next - 1, segment.next() - 1));
        }
    }

    /// Looks at a file of which nothing is known but what it says itself. Its end may be torn.
    static Held alone(Disk disk, String path, List<Damage> damage) throws IOException {
        try (DiskFile file = disk.open(path)) {
            SegmentHeader.Owner owner = owner(file);
            if (owner == null) {
                damage.add(new Damage(path, 0, "the header does not hold"));
                return new Held(0, file.size());
            }
            String plain = path.substring(0, path.length() - ".seg".length());
            Segment segment = new Segment(plain, owner.first(), 0, 0, Summary.EMPTY, null);
            SegmentCheck check = new SegmentCheck(segment, owner.stream(), null, damage);
            SegmentWalk.walk(file, Long.MAX_VALUE, check);
            return new Held(check.events, check.bytes);
        }
    }

    private static @Nullable SegmentIndex index(Disk disk, Segment segment, List<Damage> damage) throws IOException {
        if (!segment.sealed()) {
            return segment.index();
        }
        try (OpenFiles files = new OpenFiles(disk, 1)) {
            return IndexFile.index(files, segment);
        } catch (Corrupt corrupt) {
            damage.add(new Damage(corrupt.file(), corrupt.offset(), corrupt.what()));
            return null;
        }
    }

    private void header(DiskFile file) throws IOException {
        SegmentHeader.Owner owner = owner(file);
        if (owner == null) {
            add(0, "the header does not hold");
        } else if (owner.stream() != stream || owner.first() != next) {
            add(
                    0,
                    "the header is that of stream %d from position %d, not of stream %d from position %d"
                            .formatted(owner.stream(), owner.first(), stream, next));
        }
    }

    private static SegmentHeader.@Nullable Owner owner(DiskFile file) throws IOException {
        byte[] header = new byte[SegmentHeader.BYTES];
        file.read(ByteBuffer.wrap(header), 0);
        return SegmentHeader.read(header);
    }

    @Override
    public void block(byte[] block, long offset) {
        boolean follows = lost ? Block.first(block, 0) >= next : Block.first(block, 0) == next;
        if (Block.stream(block, 0) != stream || !follows) {
            add(
                    offset,
                    "a block of stream %d from position %d, where stream %d goes on with position %d"
                            .formatted(Block.stream(block, 0), Block.first(block, 0), stream, next));
        }
        checkIndex(block, offset);
        lost = false;
        next = Block.next(block, 0);
        events += Block.next(block, 0) - Block.first(block, 0);
        bytes = offset + block.length;
    }

    /// Each run of the index begins with a block.
    private void checkIndex(byte[] block, long offset) {
        while (index != null && run < index.runs() && index.offset(run) <= offset) {
            if (index.offset(run) < offset && !lost
                    || index.offset(run) == offset && index.first(run) != Block.first(block, 0)) {
                misleads(index, offset);
            }
            run++;
        }
    }

    /// Behind the last block no run begins.
    private void restOfIndex() {
        if (index != null && run < index.runs() && !lost) {
            misleads(index, bytes);
        }
    }

    private void misleads(SegmentIndex index, long offset) {
        add(
                offset,
                "the index leads to position %d at byte %d, where no block begins with it"
                        .formatted(index.first(run), index.offset(run)));
    }

    @Override
    public void damaged(long from, long to, String what) {
        lost = true;
        add(from, "%s; %d bytes are lost, up to byte %d".formatted(what, to - from, to));
    }

    private void add(long offset, String what) {
        damage.add(new Damage(path, offset, what));
    }
}
