package dev.tidings.engine.segmented.wal;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Writer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/// Writes records. What the last checkpoint does not cover is never written over. Appending belongs to the
/// committer.
public final class Ring {
    private final RingFiles files;
    private final Geometry geometry;
    private final long epoch;
    private volatile RingPosition head;
    private volatile long released;

    /// @param checkpointed where the part that is still needed begins
    /// @param head         where it ends
    public record Span(RingPosition checkpointed, RingPosition head) {}

    public Ring(RingFiles files, Geometry geometry, Span span, long epoch) {
        this.files = files;
        this.geometry = geometry;
        this.head = span.head;
        this.epoch = epoch;
        this.released = span.checkpointed.location();
    }

    /// An empty record to append items to.
    public static Writer record(int itemBytes) {
        Writer record = new Writer(RecordFormat.padded(RecordFormat.HEADER + itemBytes));
        record.skip(RecordFormat.HEADER);
        return record;
    }

    public static boolean isEmpty(Writer record) {
        return record.position() == RecordFormat.HEADER;
    }

    /// Whether a record with so many bytes of items can be appended now.
    public boolean fits(int itemBytes) {
        int padded = RecordFormat.padded(RecordFormat.HEADER + itemBytes);
        long place = geometry.place(head.location(), padded);
        return padded <= geometry.fileBytes()
                && files.at(place) != null
                && place + padded - released <= geometry.capacity();
    }

    /// Makes a record durable; [#fits] said that it can. Returns where the ring stands then.
    public RingPosition append(Writer record, long millis) throws IOException {
        int length = record.position();
        RingPosition before = head;
        record.padTo(RecordFormat.ALIGNMENT);
        byte[] array = record.array();
        RecordFormat.seal(
                array, length, new RecordFormat.Head(before.lsn() + 1, before.crc(), epoch, millis, files.count()));
        long place = geometry.place(before.location(), record.position());
        if (place + record.position() - released > geometry.capacity()) {
            throw new IllegalStateException("the ring is full");
        }
        DiskFile file = Objects.requireNonNull(files.at(place));
        file.write(ByteBuffer.wrap(array, 0, record.position()), geometry.offset(place));
        file.sync();
        RingPosition after = new RingPosition(place + record.position(), before.lsn() + 1, RecordFormat.crc(array, 0));
        head = after;
        return after;
    }

    /// What lies before is not needed any more.
    public void release(RingPosition position) {
        released = position.location();
    }

    /// Copies everything from a position that is still needed to the end.
    public void copySince(RingPosition from, Copies copies) throws IOException {
        new RingCopy(files, geometry).copy(from.location(), head.location(), copies);
    }

    /// Makes the files that a copy of a ring consists of.
    @FunctionalInterface
    public interface Copies {
        /// @param path   what the file is in the ring
        /// @param length what its length is going to be
        DiskFile open(String path, long length) throws IOException;
    }

    public long epoch() {
        return epoch;
    }

    /// How much of the ring is in use, from 0 to 1.
    public double use() {
        return (double) (head.location() - released) / geometry.capacity();
    }
}
