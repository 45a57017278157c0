package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Engine;
import dev.tidings.engine.Groups.Membership;
import dev.tidings.engine.Groups.MembershipListener;
import dev.tidings.engine.Partition;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// A member of a group that remembers what it holds.
final class Member implements MembershipListener, AutoCloseable {
    private final Set<Partition> held = new ConcurrentSkipListSet<>();
    private final Membership membership;

    private Member(Engine engine, GroupName group, Set<StreamName> streams) {
        membership = engine.groups().join(group, streams, this);
    }

    /// Joins, and waits until it holds all these streams.
    static Member join(Engine engine, GroupName group, StreamName... streams) {
        Member member = new Member(engine, group, Set.of(streams));
        member.awaitHolding(streams);
        return member;
    }

    @Override
    public void assigned(Set<Partition> partitions) {
        held.addAll(partitions);
    }

    @Override
    public void revoked(Set<Partition> partitions) {
        held.removeAll(partitions);
    }

    /// Changes the streams, and waits until it holds just these.
    void streams(StreamName... streams) {
        membership.streams(Set.of(streams));
        awaitHolding(streams);
    }

    private void awaitHolding(StreamName... streams) {
        Set<Partition> wanted = new ConcurrentSkipListSet<>();
        for (StreamName stream : streams) {
            wanted.add(Partition.only(stream));
        }
        Await.until("a member holds " + wanted, () -> held.equals(wanted));
    }

    @Override
    public void close() {
        membership.close();
    }
}
