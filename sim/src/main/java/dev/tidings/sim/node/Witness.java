package dev.tidings.sim.node;

import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import java.util.List;

/// Told what can be seen inside a process.
public interface Witness {
    /// Somebody reads these events, and nobody has seen the result yet.
    ///
    /// @param first where the partition begins now
    void read(Partition partition, long first, List<StoredEvent> events);

    /// The process takes requests from now on.
    void up(Node node);

    /// The store failed for good, or found bytes that changed.
    void storeFailed(Node node, String what);

    /// The process could not start.
    void cannotStart(Node node, Exception why);
}
