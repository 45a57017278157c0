package dev.tidings.broker.consuming;

import dev.tidings.model.Delivery;
import java.util.List;

/// Where an instance's events go. Called on the group's loop, which it must not block.
public interface Outlet {
    /// Takes events that were pushed within the granted credit, in the order of their offsets.
    void deliver(List<Delivery> deliveries);

    /// The broker ended the instance; nothing more comes.
    void ended(Ending ending);

    /// Why the broker ended an instance.
    enum Ending {
        /// The client was revoked, or lost what the instance reads.
        REVOKED,
        /// The broker shuts down.
        DRAINING,
        /// A part of the broker failed.
        FAILED
    }
}
