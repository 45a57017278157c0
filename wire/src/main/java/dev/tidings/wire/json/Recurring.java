package dev.tidings.wire.json;

import dev.tidings.model.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Values that come again and again, by the text that spells them, so that a text is judged and its value made once.
/// Holds a bounded number of short texts, each in the one place that its hash tells: a newer one drives out an older.
/// May be used by any thread.
public final class Recurring<T> {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9e3779b97f4a7c15L;
    private static final int PLACE_BITS = 9;
    private static final int MAX_LENGTH = 128;

    private final AtomicReferenceArray<@Nullable Entry<T>> places = new AtomicReferenceArray<>(1 << PLACE_BITS);

    private record Entry<T>(Bytes text, T value) {}

    public @Nullable T find(Bytes text) {
        Entry<T> entry = places.getAcquire(place(text));
        return entry != null && entry.text.equals(text) ? entry.value : null;
    }

    public void remember(Bytes text, T value) {
        if (text.length() <= MAX_LENGTH) {
            places.setRelease(place(text), new Entry<>(Bytes.of(text.toArray()), value));
        }
    }

    private static int place(Bytes text) {
        byte[] array = text.array();
        int at = text.offset();
        int end = at + text.length();
        long hash = text.length();
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(array, at)) * ODD;
            hash ^= hash >>> 32;
        }
        for (; at < end; at++) {
            hash = (hash ^ array[at]) * ODD;
        }
        return (int) (hash >>> Long.SIZE - PLACE_BITS);
    }
}
