package dev.tidings.engine;

import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Who reads what, and how far each group has come. On one node a member is assigned every partition at once; on
/// several the members of a group share them, and partitions come and go.
public interface Groups {
    /// Joins a group for these streams (more or fewer later, by [Membership#streams]). The listener hears of the
    /// partitions that this member holds, on a thread of the engine's or within this call.
    Membership join(GroupName group, Set<StreamName> streams, MembershipListener listener);

    /// The stored cursors of a group; empty where it has none.
    Map<Partition, Cursor> cursors(GroupName group);

    /// Groups that have a cursor.
    Collection<GroupName> known();

    /// Told what this member holds.
    interface MembershipListener {
        /// The partitions are this member's from now on. Each begins at its stored cursor ([Groups#cursors]); one
        /// without a cursor is new to the group.
        void assigned(Set<Partition> partitions);

        /// The partitions are no longer this member's: cursor moves of theirs would fail. What was in flight will
        /// be delivered again by the next owner.
        void revoked(Set<Partition> partitions);
    }

    /// A membership, until closed.
    interface Membership extends AutoCloseable {
        /// Changes the streams read.
        void streams(Set<StreamName> streams);

        @Override
        void close();
    }
}
