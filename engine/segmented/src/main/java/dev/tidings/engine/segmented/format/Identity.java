package dev.tidings.engine.segmented.format;

import java.util.Arrays;

/// The 64-bit hash of a source and an id, under a secret seed, so that nobody can make ids that collide.
public final class Identity {
    private static final long A = 0xa0761d6478bd642fL;
    private static final long B = 0xe7037ed1a0b428dbL;

    private Identity() {}

    public static long hash(long seed, byte[] source, byte[] id) {
        long hash = absorb(seed, source, 0, source.length);
        return absorb(hash, id, 0, id.length);
    }

    /// Of the entry encoded at `at`.
    public static long hash(long seed, byte[] entry, int at) {
        int source = EntryFormat.sourceAt(entry, at);
        int id = EntryFormat.idAt(entry, at);
        long hash = absorb(seed, entry, source, id - source);
        return absorb(hash, entry, id, EntryFormat.endOf(entry, at) - id);
    }

    /// Whether the entry encoded at `at` has the draft's source and id.
    public static boolean same(Draft draft, byte[] entry, int at) {
        int source = EntryFormat.sourceAt(entry, at);
        int id = EntryFormat.idAt(entry, at);
        int end = EntryFormat.endOf(entry, at);
        return Arrays.equals(draft.source(), 0, draft.source().length, entry, source, id)
                && Arrays.equals(draft.id(), 0, draft.id().length, entry, id, end);
    }

    private static long absorb(long seed, byte[] bytes, int from, int length) {
        long hash = mix(seed ^ A, length ^ B);
        int at = from;
        int end = from + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ Packed.longAt(bytes, at), B);
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << 8 | bytes[at] & 0xff;
        }
        return mix(hash ^ rest, A ^ hash);
    }

    private static long mix(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) ^ a * b ^ a;
    }
}
