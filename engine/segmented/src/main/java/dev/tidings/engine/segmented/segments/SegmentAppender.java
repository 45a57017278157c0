package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Writer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Appends events to one growing segment and makes them durable. Writes behind what counts of the file, so that
/// a failure in between changes nothing that was there.
final class SegmentAppender {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int WRITE_BYTES = 1 << 20;

    private final Segment start;
    private final DiskFile file;
    private final Writer out = new Writer(2 * BLOCK_BYTES);
    private final SegmentIndex.Growth index;
    private final Summary.Tally tally;
    private long written;
    private int block = -1;

    private SegmentAppender(Segment start, SegmentIndex index, DiskFile file) {
        this.start = start;
        this.file = file;
        this.index = new SegmentIndex.Growth(index);
        this.tally = new Summary.Tally(start.summary());
        this.written = start.bytes();
    }

    /// Appends `events`, of which there is at least one, and returns the segment as it is then, synced.
    static Segment append(Disk disk, Segment start, SegmentIndex index, List<StoredEvent> events) throws IOException {
        try (DiskFile file = disk.open(start.file())) {
            SegmentAppender appender = new SegmentAppender(start, index, file);
            for (StoredEvent event : events) {
                appender.add(event);
            }
            return appender.finish(events.getLast().position() + 1);
        }
    }

    private void add(StoredEvent event) throws IOException {
        byte[] array = event.json().array();
        int from = EntryFormat.startOf(event);
        int length = EntryFormat.length(array, from);
        if (block >= 0 && out.position() - block + length > BLOCK_BYTES) {
            endBlock();
        }
        if (block < 0) {
            block = out.skip(Block.HEADER);
        }
        out.putRaw(array, from, length);
        tally.add(EntryFormat.type(array, from), event.json().length(), event.acceptedMillis());
    }

    private void endBlock() throws IOException {
        index.add(Block.seal(out.array(), block, out.position(), written + block), BLOCK_BYTES);
        block = -1;
        if (out.position() >= WRITE_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        file.write(ByteBuffer.wrap(out.array(), 0, out.position()), written);
        written += out.position();
        Arrays.fill(out.array(), 0, out.position(), (byte) 0);
        out.reset(0);
    }

    private Segment finish(long next) throws IOException {
        endBlock();
        flush();
        file.sync();
        return new Segment(start.path(), start.first(), next, written, tally.summary(), index.index());
    }
}
