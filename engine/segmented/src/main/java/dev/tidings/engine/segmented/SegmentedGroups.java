package dev.tidings.engine.segmented;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Groups;
import dev.tidings.engine.Partition;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// There is one node, so a member holds whatever it asks for, from within its call on.
final class SegmentedGroups implements Groups {
    private final Cursors cursors;
    private final Map<GroupName, List<Member>> members = new ConcurrentHashMap<>();

    SegmentedGroups(Cursors cursors) {
        this.cursors = cursors;
    }

    @Override
    public Membership join(GroupName group, Set<StreamName> streams, MembershipListener listener) {
        Member member = new Member(group, listener);
        members.compute(group, (_, known) -> {
            List<Member> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(member);
            return all;
        });
        member.streams(streams);
        return member;
    }

    @Override
    public Map<Partition, Cursor> cursors(GroupName group) {
        return cursors.of(group);
    }

    @Override
    public Collection<GroupName> known() {
        return cursors.groups();
    }

    boolean hasMembers(GroupName group) {
        return members.containsKey(group);
    }

    boolean holds(GroupName group, Partition partition) {
        for (Member member : members.getOrDefault(group, List.of())) {
            if (partition.number() == 0 && member.held.contains(partition.stream())) {
                return true;
            }
        }
        return false;
    }

    private final class Member implements Membership {
        private final GroupName group;
        private final MembershipListener listener;
        private volatile Set<StreamName> held = Set.of();

        Member(GroupName group, MembershipListener listener) {
            this.group = group;
            this.listener = listener;
        }

        @Override
        public void streams(Set<StreamName> streams) {
            Set<StreamName> before = held;
            Set<StreamName> after = Set.copyOf(streams);
            held = after;
            Set<Partition> gone = without(before, after);
            Set<Partition> come = without(after, before);
            if (!gone.isEmpty()) {
                listener.revoked(gone);
            }
            if (!come.isEmpty()) {
                listener.assigned(come);
            }
        }

        @Override
        public void close() {
            held = Set.of();
            members.computeIfPresent(group, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }

        private static Set<Partition> without(Set<StreamName> streams, Set<StreamName> those) {
            Set<Partition> rest = new HashSet<>();
            for (StreamName stream : streams) {
                if (!those.contains(stream)) {
                    rest.add(Partition.only(stream));
                }
            }
            return Set.copyOf(rest);
        }
    }
}
