package dev.tidings.broker.groups;

import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A partition that a group holds.
final class Share {
    /// The stored floor of a partition that has no cursor yet.
    static final long NOT_STORED = -1;

    final int index;
    final Feed feed;
    /// Whether it is in the round of those that have something to read.
    boolean active;
    /// The floor of the last cursor written or loaded.
    long storedFloor;
    /// Below this the cursor it was resumed at says what was settled, or was not for the group then.
    long reach;
    /// The grants by which it is read.
    Selection known = new Selection(Map.of());
    /// What was passed by before some of them were there.
    final List<Gap> gaps = new ArrayList<>();
    /// Whether its [Coverage] may not be stored as it is.
    boolean coverageChanged;
    /// Whether that says of some events until when they have to wait.
    boolean duesStored;
    boolean closed;

    Share(int index, Feed feed, long storedFloor) {
        this.index = index;
        this.feed = feed;
        this.storedFloor = storedFloor;
    }

    Partition partition() {
        return feed.partition();
    }

    /// Whether a read is under way.
    boolean isReading() {
        return feed.isReading() || gaps.stream().anyMatch(Gap::isReading);
    }

    /// The payload of an event that was read just now; null where it has to be fetched.
    @Nullable
    StoredEvent find(long position) {
        StoredEvent found = feed.find(position);
        for (int i = 0; found == null && i < gaps.size(); i++) {
            found = gaps.get(i).find(position);
        }
        return found;
    }

    void close() {
        closed = true;
        feed.close();
        gaps.forEach(Gap::close);
    }
}
