package dev.tidings.client.spool;

import dev.tidings.model.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads a segment event by event, also while it is appended to.
final class SegmentReader implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Segment segment;
    private final RandomAccessFile file;
    private long number;
    private long offset;
    private byte[] chunk = new byte[CHUNK];
    private long chunkOffset;
    private int chunkLength;

    /// What stands at a place.
    enum State {
        /// An event.
        WHOLE,
        /// Something else than the event that was written there; the next one is behind it.
        SPOILT,
        /// Something else than what was written there; it is not known where the next event begins.
        DAMAGED,
        /// The file ends inside of what was being written there.
        TORN,
        /// The end of the file.
        END
    }

    /// @param json empty unless it is whole
    record Found(State state, Bytes json) {
        private static Found no(State state) {
            return new Found(state, Bytes.EMPTY);
        }
    }

    private SegmentReader(Segment segment, RandomAccessFile file, Place from) {
        this.segment = segment;
        this.file = file;
        this.number = from.number();
        this.offset = from.offset();
    }

    /// From a place in it.
    static SegmentReader open(Segment segment, Place from) throws IOException {
        RandomAccessFile file = new RandomAccessFile(segment.path().toFile(), "r");
        return new SegmentReader(segment, file, from);
    }

    Segment segment() {
        return segment;
    }

    /// Where it is.
    Place place() {
        return new Place(number, segment.first(), offset);
    }

    /// What is there; to read it does not move.
    Found found() throws IOException {
        if (offset == Segment.HEADER && !hasHeader()) {
            return Found.no(segment.size() < Segment.HEADER ? State.TORN : State.DAMAGED);
        }
        long left = segment.size() - offset;
        if (left < Segment.PREFIX) {
            return Found.no(left <= 0 ? State.END : State.TORN);
        }
        ByteBuffer prefix = ByteBuffer.wrap(chunk, at(offset, Segment.PREFIX), Segment.PREFIX)
                .slice();
        int length = prefix.getInt(0);
        int crc = prefix.getInt(Integer.BYTES);
        if (!prefix.equals(Segment.prefix(number, length, crc))) {
            return Found.no(State.DAMAGED);
        }
        if (left < Segment.PREFIX + (long) length) {
            return Found.no(State.TORN);
        }
        int at = at(offset, Segment.PREFIX + length) + Segment.PREFIX;
        byte[] json = Arrays.copyOfRange(chunk, at, at + length);
        return Segment.crc(json, 0, length) == crc ? new Found(State.WHOLE, Bytes.of(json)) : Found.no(State.SPOILT);
    }

    /// Moves behind what is there, which is whole or spoilt.
    void pass() throws IOException {
        int length = ByteBuffer.wrap(chunk, at(offset, Segment.PREFIX), Segment.PREFIX)
                .getInt();
        offset += Segment.PREFIX + (long) length;
        number++;
    }

    private boolean hasHeader() throws IOException {
        if (segment.size() < Segment.HEADER) {
            return false;
        }
        int at = at(0, Segment.HEADER);
        return Arrays.equals(Arrays.copyOfRange(chunk, at, at + Segment.HEADER), Segment.header(segment.first()));
    }

    /// Where in the chunk these bytes of the file are.
    private int at(long from, int length) throws IOException {
        if (from < chunkOffset || from + length > chunkOffset + chunkLength) {
            chunk = length > chunk.length ? new byte[length] : chunk;
            chunkLength = 0;
            chunkOffset = from;
            int filled = (int) Math.min(chunk.length, segment.size() - from);
            file.seek(from);
            file.readFully(chunk, 0, filled);
            chunkLength = filled;
        }
        if (chunkLength < length) {
            throw new EOFException(segment.path() + " is shorter than it was");
        }
        return (int) (from - chunkOffset);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
