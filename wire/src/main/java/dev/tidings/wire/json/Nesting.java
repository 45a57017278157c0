package dev.tidings.wire.json;

import java.util.Arrays;

/// Which brackets stand open, a bit each: so depth costs neither objects nor the thread's stack.
final class Nesting {
    private long[] objects = new long[1];
    private int depth;

    int depth() {
        return depth;
    }

    void openObject() {
        room();
        objects[depth >> 6] |= 1L << depth;
        depth++;
    }

    void openArray() {
        room();
        objects[depth >> 6] &= ~(1L << depth);
        depth++;
    }

    void close() {
        depth--;
    }

    /// Whether the innermost open bracket is an object's.
    boolean inObject() {
        return (objects[(depth - 1) >> 6] >>> (depth - 1) & 1) != 0;
    }

    private void room() {
        if (depth >> 6 == objects.length) {
            objects = Arrays.copyOf(objects, objects.length * 2);
        }
    }
}
