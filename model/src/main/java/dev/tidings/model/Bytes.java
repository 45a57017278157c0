package dev.tidings.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A run of bytes inside an array that nobody changes any more. Cutting one out copies nothing, so a `Bytes`
/// keeps the whole array alive: whoever holds one for long should hold a [#compact] one.
@SuppressWarnings("ArrayRecordComponent") // equality and hash are its own, over the bytes
public record Bytes(byte[] array, int offset, int length) {
    public static final Bytes EMPTY = of(new byte[0]);

    public Bytes {
        if (offset < 0 || length < 0 || offset > array.length - length) {
            throw new IllegalArgumentException(
                    "no %d bytes at %d in an array of %d".formatted(length, offset, array.length));
        }
    }

    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        return array[offset + index];
    }

    /// The bytes from `from` (inclusive) to `to` (exclusive), counted from the start of this run.
    public Bytes slice(int from, int to) {
        return new Bytes(array, offset + from, to - from);
    }

    public Bytes compact() {
        return length == array.length ? this : of(toArray());
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// A read-only view.
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    public String toUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "Bytes[" + length + "]";
    }
}
