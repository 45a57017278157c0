package dev.tidings.engine.segmented;

import java.util.Arrays;
import java.util.List;

/// Decisions out of an input, from its first byte on; where it ends, all are zero.
final class Choices {
    private final byte[] input;
    private int at;

    Choices(byte[] input) {
        this.input = input;
    }

    boolean more() {
        return at < input.length;
    }

    /// From 0 to below `bound`.
    int below(int bound) {
        int number = 0;
        for (long range = bound - 1L; range > 0; range >>= Byte.SIZE) {
            number = number << Byte.SIZE | next();
        }
        return Math.floorMod(number, bound);
    }

    <T> T of(List<T> many) {
        return many.get(below(many.size()));
    }

    byte[] bytes(int most) {
        int from = Math.min(at, input.length);
        at += most;
        return Arrays.copyOfRange(input, from, Math.min(at, input.length));
    }

    private int next() {
        int next = at < input.length ? input[at] & 0xff : 0;
        at++;
        return next;
    }
}
