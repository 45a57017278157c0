package dev.tidings.broker.consuming;

import dev.tidings.broker.dispatch.GroupMember;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.broker.groups.Group;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An instance's place in its group.
final class Membership {
    private final Group group;
    private final GroupMember member;
    private @Nullable Duration reserve;

    Membership(Group group, Ledger ledger, Opening.Patience patience) {
        this.group = group;
        this.member = group.open(ledger, patience.process());
        this.reserve = patience.process() == null ? null : patience.reserve();
    }

    Group group() {
        return group;
    }

    /// Nothing stays reserved for its process once it has ended.
    void renounce() {
        reserve = null;
    }

    /// Takes back what it was given up to this offset, because its time is over.
    void expire(long upTo) {
        group.dispatch().expire(member, upTo);
    }

    /// Gives back what it holds under this offset, to be delivered again after this delay.
    void release(long offset, Duration delay) {
        group.release(member, offset, delay);
    }

    /// Closes the ledger, too.
    void close() {
        if (reserve == null) {
            group.close(member);
        } else {
            group.close(member, reserve);
        }
    }
}
