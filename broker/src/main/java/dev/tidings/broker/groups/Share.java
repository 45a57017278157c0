package dev.tidings.broker.groups;

import dev.tidings.engine.Partition;

/// A partition that a group holds.
final class Share {
    final int index;
    final Feed feed;
    /// Whether it is in the round of those that have something to read.
    boolean active;
    /// The floor of the last cursor written or loaded.
    long storedFloor;

    Share(int index, Feed feed, long storedFloor) {
        this.index = index;
        this.feed = feed;
        this.storedFloor = storedFloor;
    }

    Partition partition() {
        return feed.partition();
    }
}
