package dev.tidings.broker.groups;

import dev.tidings.engine.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks into what was read.
final class Slices {
    private Slices() {}

    /// The event at a position, of events in order of position; null where there is none.
    static @Nullable StoredEvent find(List<StoredEvent> events, long position) {
        int low = 0;
        int high = events.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            StoredEvent found = events.get(middle);
            if (found.position() == position) {
                return found;
            }
            if (found.position() < position) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
