package dev.tidings.engine.segmented.format;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing run of bytes that items are written into.
public final class Writer {
    private byte[] array;
    private int at;

    public Writer(int capacity) {
        array = new byte[capacity];
    }

    /// What was written stands from 0 to [#position]. Another array once the writer had to grow.
    public byte[] array() {
        return array;
    }

    public int position() {
        return at;
    }

    public void reset(int position) {
        at = position;
    }

    /// Room for `bytes` more; returns where it begins.
    public int skip(int bytes) {
        int start = at;
        if (bytes > array.length - at) {
            array = Arrays.copyOf(array, Math.max(Math.addExact(at, bytes), array.length + (array.length >> 1)));
        }
        at += bytes;
        return start;
    }

    public void putByte(int value) {
        int start = skip(1);
        array[start] = (byte) value;
    }

    public void putInt(int value) {
        int start = skip(Integer.BYTES);
        Packed.putInt(array, start, value);
    }

    public void putLong(long value) {
        int start = skip(Long.BYTES);
        Packed.putLong(array, start, value);
    }

    /// Seven bits a byte, lowest first; short for small numbers.
    public void putVar(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            putByte((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        putByte((int) rest);
    }

    public void putText(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public void putBytes(byte[] bytes) {
        putVar(bytes.length);
        putRaw(bytes, 0, bytes.length);
    }

    public void putBytes(Bytes bytes) {
        putVar(bytes.length());
        putRaw(bytes.array(), bytes.offset(), bytes.length());
    }

    public void putRaw(byte[] bytes, int from, int length) {
        int start = skip(length);
        System.arraycopy(bytes, from, array, start, length);
    }

    /// Zeroes up to the next multiple of `size`.
    public void padTo(int size) {
        int start = skip(Math.floorMod(-at, size));
        Arrays.fill(array, start, at, (byte) 0);
    }
}
