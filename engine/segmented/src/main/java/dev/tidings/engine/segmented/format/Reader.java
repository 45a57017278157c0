package dev.tidings.engine.segmented.format;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;

/// Reads back what a [Writer] wrote. Throws [IndexOutOfBoundsException] where the bytes end too early.
public final class Reader {
    private final byte[] array;
    private final int to;
    private int at;

    public Reader(byte[] array, int from, int to) {
        this.array = array;
        this.at = from;
        this.to = to;
    }

    public int position() {
        return at;
    }

    public boolean atEnd() {
        return at >= to;
    }

    /// Steps over `bytes`; returns where they begin.
    public int skip(int bytes) {
        require(bytes);
        int start = at;
        at += bytes;
        return start;
    }

    /// There are at least `bytes` more.
    public void require(long bytes) {
        if (bytes < 0 || bytes > to - at) {
            throw new IndexOutOfBoundsException("%d bytes at %d, of %d".formatted(bytes, at, to));
        }
    }

    public int readByte() {
        return array[skip(1)] & 0xff;
    }

    public int readInt() {
        return Packed.intAt(array, skip(Integer.BYTES));
    }

    public long readLong() {
        return Packed.longAt(array, skip(Long.BYTES));
    }

    public long readVar() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number without end at " + at);
    }

    public int readSize() {
        long size = readVar();
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new IndexOutOfBoundsException("a size of %d before %d".formatted(size, at));
        }
        return (int) size;
    }

    public String readText() {
        int length = readSize();
        return new String(array, skip(length), length, StandardCharsets.UTF_8);
    }

    /// A copy of its own.
    public Bytes readBytes() {
        int length = readSize();
        return Bytes.of(new Bytes(array, skip(length), length).toArray());
    }
}
