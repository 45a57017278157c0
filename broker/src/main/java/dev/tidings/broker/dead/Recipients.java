package dev.tidings.broker.dead;

import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;

/// Who there is to send a dead event to again.
@FunctionalInterface
public interface Recipients {
    /// Whether what is resubmitted to a group comes to somebody: a group of that name that is made later would begin
    /// behind it.
    ///
    /// @param role what its client may consume
    boolean reads(GroupName group, ConsumerRole role, EventType type);
}
