package dev.tidings.client.listening;

import java.util.TreeSet;

/// Up to which offset everything is done. Belongs to whoever locks it.
final class Floor {
    private final TreeSet<Long> above = new TreeSet<>();
    private long reached;

    /// An event is done, in whichever order.
    void done(long offset) {
        above.add(offset);
        while (!above.isEmpty() && above.first() == reached + 1) {
            reached = above.pollFirst();
        }
    }

    /// 0: not even the first.
    long reached() {
        return reached;
    }
}
