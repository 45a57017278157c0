package dev.tidings.bench.soak;

import java.util.ArrayList;
import java.util.List;

/// Sees all that one group gets, and knows what is wrong with it. The next event of a key must be the one after
/// the newest seen, or one that was seen before and is delivered again; with any other, those between were lost
/// or overtaken. Belongs to one thread.
final class Witness {
    private static final int TOLD = 20;

    private final int[] next;
    private final List<String> complaints = new ArrayList<>();
    private long seen;
    private long repeated;
    private long broken;

    Witness(int keys) {
        next = new int[keys];
    }

    void saw(int key, int number) {
        seen++;
        if (number < next[key]) {
            repeated++;
            return;
        }
        if (number > next[key]) {
            complain("key %d: event %d came where %d was next".formatted(key, number, next[key]));
        }
        next[key] = number + 1;
    }

    /// Something else went wrong.
    void complain(String what) {
        broken++;
        if (complaints.size() < TOLD) {
            complaints.add(what);
        }
    }

    /// How many of the events that were made have never come.
    long missing(Keys keys) {
        long missing = 0;
        for (int key = 0; key < next.length; key++) {
            missing += Math.max(0, keys.made(key) - next[key]);
        }
        return missing;
    }

    long seen() {
        return seen;
    }

    long repeated() {
        return repeated;
    }

    long broken() {
        return broken;
    }

    /// The first few of what went wrong.
    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
