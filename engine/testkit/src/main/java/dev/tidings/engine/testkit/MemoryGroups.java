package dev.tidings.engine.testkit;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Groups;
import dev.tidings.engine.Partition;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A member is assigned everything it asks for, within its call.
final class MemoryGroups implements Groups {
    private final MemoryStore store;
    private final List<Member> members = new CopyOnWriteArrayList<>();

    MemoryGroups(MemoryStore store) {
        this.store = store;
    }

    @Override
    public Membership join(GroupName group, Set<StreamName> streams, MembershipListener listener) {
        Member member = new Member(group, listener);
        members.add(member);
        member.streams(streams);
        return member;
    }

    @Override
    public Map<Partition, Cursor> cursors(GroupName group) {
        return store.cursors(group);
    }

    @Override
    public Collection<GroupName> known() {
        return store.groups();
    }

    boolean hasMembers(GroupName group) {
        return members.stream().anyMatch(member -> member.group.equals(group));
    }

    boolean holds(GroupName group, Partition partition) {
        return members.stream().anyMatch(member -> member.group.equals(group) && member.held.contains(partition));
    }

    private final class Member implements Membership {
        private final GroupName group;
        private final MembershipListener listener;
        private volatile Set<Partition> held = Set.of();

        Member(GroupName group, MembershipListener listener) {
            this.group = group;
            this.listener = listener;
        }

        @Override
        public void streams(Set<StreamName> streams) {
            Set<Partition> before = held;
            Set<Partition> after = streams.stream().map(Partition::only).collect(Collectors.toUnmodifiableSet());
            held = after;
            tell(without(before, after), listener::revoked);
            tell(without(after, before), listener::assigned);
        }

        @Override
        public void close() {
            members.remove(this);
        }

        private static Set<Partition> without(Set<Partition> all, Set<Partition> those) {
            Set<Partition> rest = new HashSet<>(all);
            rest.removeAll(those);
            return Set.copyOf(rest);
        }

        private static void tell(Set<Partition> partitions, Consumer<Set<Partition>> listener) {
            if (!partitions.isEmpty()) {
                listener.accept(partitions);
            }
        }
    }
}
