package dev.tidings.sim.truth;

import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.model.Delivery;
import dev.tidings.model.GroupName;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.LogTruth.Dead;
import dev.tidings.sim.truth.StreamTruth.Stored;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a group: who holds what, what was settled, and so what may and what must be delivered to it.
public final class GroupTruth {
    final GroupName name;
    final Truth truth;
    private final Map<String, Member> holders = new HashMap<>();
    private final Map<String, Member> owners = new HashMap<>();
    private final Map<String, Integer> owned = new HashMap<>();
    /// What somebody asked to settle, so that it may be; with how often.
    private final Set<String> asked = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private final Map<String, Node> settledIn = new HashMap<>();
    private final Map<String, Integer> reports = new HashMap<>();
    /// How often each event was handed out, also to instances that had gone.
    private final Map<String, Integer> deliveries = new HashMap<>();
    private final Set<String> buried = new LinkedHashSet<>();
    private final Dues dues;
    private final Scope scope;

    GroupTruth(GroupName name, Truth truth) {
        this.name = name;
        this.truth = truth;
        this.dues = new Dues(truth);
        this.scope = new Scope(name, truth);
    }

    public GroupName name() {
        return name;
    }

    /// Somebody asks to open an instance, which makes the group where there is none.
    public void asksToOpen(Opening wanted) {
        scope.asksToOpen(wanted);
    }

    public void opened(Node node) {
        scope.opened(node);
    }

    /// @param attempts how many of its deliveries ended unconfirmed, so it says
    void handedOut(String id, int attempts) {
        int before = deliveries.merge(id, 1, Integer::sum) - 1;
        truth.expect(
                attempts >= 0 && attempts <= before,
                "an attempt is a delivery",
                () -> name + " counts " + attempts + " of " + id + " after " + before);
    }

    void delivered(Member member, String id, Delivery delivery) {
        Sent event = truth.log.find(id);
        if (event == null || !event.mayRead(delivery.json())) {
            throw truth.violated(
                    "nothing is invented", member + " got " + delivery.json().toUtf8());
        }
        scope.expectMine(() -> member + " got " + event, event, member.node);
        if (!event.ambiguous) {
            expectFresh(member, event);
            if (isSteady(event)) {
                dues.expectDue(member, event);
            }
            expectInOrder(member, event);
            expectOneOwner(member, event);
        }
        dues.delivered(id);
        take(member, event);
    }

    private void expectFresh(Member member, Sent event) {
        // A grant that was taken away and given again reveals also what had been confirmed before, with its history,
        // or accepted in the same millisecond: while the clock is set back, that may be long.
        boolean revealedAnew = !isSteady(event) && scope.isRevealed(event, member.node);
        truth.expect(
                revealedAnew || !settled.contains(event.id), "what was confirmed stays so", member + " got " + event);
        truth.expect(
                revealedAnew || settledIn.get(event.id) != member.node,
                "what was confirmed stays so while the process lives",
                () -> member + " got " + event);
        Member holder = holders.get(event.id);
        truth.expect(
                holder == null || !isSteady(event),
                "an event goes to one instance at a time",
                () -> member + " got " + event + " which " + holder + " holds");
    }

    private boolean isSteady(Sent event) {
        return truth.isSteady(name.client(), event.type.value());
    }

    private static String lock(Sent event) {
        return event.stream + "/" + event.key;
    }

    private void expectOneOwner(Member member, Sent event) {
        Member owner = event.key == null ? null : owners.get(lock(event));
        truth.expect(
                owner == null || owner == member || !isSteady(event),
                "a key has one owner",
                () -> member + " got " + event + " while " + owner + " holds events of the key");
    }

    private void expectInOrder(Member member, Sent event) {
        Opening opening = scope.opening();
        if (event.key == null || opening == null || opening.maxDeliveries() != null) {
            return;
        }
        StreamTruth stream = truth.log.stream(event.stream);
        long position = truth.log.places(event).getFirst().position();
        for (Stored earlier : stream.before(event.key, position)) {
            Sent other = truth.log.find(earlier.id());
            if (other != null && scope.precedes(other, member.node)) {
                truth.expect(
                        asked.contains(other.id) || holders.get(other.id) == member,
                        "the events of a key come in order",
                        () -> member + " got " + event + " before " + other);
            }
        }
    }

    private void take(Member member, Sent event) {
        if (event.ambiguous) {
            return;
        }
        Member before = holders.get(event.id);
        if (before != null) {
            release(before, event.id);
        }
        holders.put(event.id, member);
        if (event.key != null) {
            owners.put(lock(event), member);
            owned.merge(lock(event), 1, Integer::sum);
        }
    }

    /// The member does not hold it any more.
    private void release(Member member, String id) {
        if (!holders.remove(id, member)) {
            return;
        }
        Sent event = truth.log.find(id);
        if (event != null && event.key != null && owned.merge(lock(event), -1, Integer::sum) == 0) {
            owners.remove(lock(event));
        }
    }

    void deliveredDead(String id) {
        truth.expect(
                truth.log.dead().keySet().stream().anyMatch(dead -> dead.id().equals(id)),
                "the dead lane delivers what is dead",
                name + " got " + id);
    }

    void asked(Member member, String id) {
        asked.add(id);
        release(member, id);
    }

    /// It was not settled for sure.
    void unasked(String id) {
        if (!settled.contains(id)) {
            asked.remove(id);
        }
    }

    void settled(String id) {
        settled.add(id);
    }

    void settledIn(String id, Node node) {
        settledIn.put(id, node);
    }

    /// A member wants to bury it.
    public void reports(String id) {
        reports.merge(id, 1, Integer::sum);
    }

    /// It is asked to settle while it is still held.
    public boolean asksToBury(String id) {
        return asked.add(id);
    }

    public void notBuried(String id) {
        unasked(id);
    }

    public void buried(Member member, String id) {
        settled.add(id);
        buried.add(id);
        release(member, id);
    }

    /// It goes back, and is due between these times.
    Dues.Due waits(Member member, String id, long earliestMillis, long latestMillis) {
        truth.dueAt(latestMillis);
        return dues.add(id, earliestMillis, member.node);
    }

    /// Whether an event of a queue may go: it was settled, for all that is known, or is not for this group.
    boolean isDone(Sent event, Node node) {
        Grant grant = scope.grant(node.broker().catalogs().current(), event.type);
        return event.ambiguous
                || asked.contains(event.id)
                || grant == null
                || truth.log.places(event).stream().anyMatch(place -> !scope.isMine(event, grant, place))
                || truth.log.stream(LaneStreams.dead(name.client())).first > 0
                || truth.log.dead(new Dead(name.toString(), event.id, "maxDeliveries")) > 0;
    }

    boolean keepsOut(Sent event) {
        return !scope.passes(event);
    }

    void returned(Member member, String id) {
        release(member, id);
    }

    void ended(Member member) {
        member.held().values().forEach(one -> release(member, one.id()));
    }

    /// How often this group may have reported an event.
    int reported(String id) {
        return reports.getOrDefault(id, 0);
    }

    /// What was answered as buried, and must be found in the dead lane.
    Set<String> buried() {
        return buried;
    }

    /// An event that the group must have settled by now, and has not; null where there is none.
    public @Nullable Sent missing(Node node) {
        for (Sent event : truth.log.sent()) {
            if (event.isAcknowledged()
                    && !event.ambiguous
                    && !asked.contains(event.id)
                    && truth.log.dead(new Dead(name.toString(), event.id, "maxDeliveries")) == 0
                    && scope.awaits(event, node)) {
                return event;
            }
        }
        return null;
    }
}
