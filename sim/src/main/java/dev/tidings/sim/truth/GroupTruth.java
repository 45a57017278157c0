package dev.tidings.sim.truth;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Partition;
import dev.tidings.model.Delivery;
import dev.tidings.model.EventType;
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
    private final Set<String> buried = new LinkedHashSet<>();
    private final Dues dues;
    private @Nullable Opening opening;
    private long firstAsked = -1;
    private long askedMillis;
    private long latestAskedMillis;
    private long openedMillis;
    private long created = Long.MAX_VALUE;

    GroupTruth(GroupName name, Truth truth) {
        this.name = name;
        this.truth = truth;
        this.dues = new Dues(truth);
    }

    public GroupName name() {
        return name;
    }

    public @Nullable Opening opening() {
        return opening;
    }

    public boolean isCreated() {
        return created != Long.MAX_VALUE;
    }

    /// Somebody asks to open an instance, which makes the group where there is none.
    public void asksToOpen(Opening wanted) {
        if (firstAsked < 0) {
            firstAsked = truth.scheduler.steps();
            askedMillis = truth.clock.millis();
        }
        if (!isCreated()) {
            opening = wanted;
            latestAskedMillis = Math.max(latestAskedMillis, truth.clock.millis());
        }
    }

    public void opened() {
        if (!isCreated()) {
            created = truth.scheduler.steps();
            openedMillis = truth.clock.millis();
        }
    }

    void delivered(Member member, String id, Delivery delivery) {
        Sent event = truth.log.find(id);
        if (event == null || !event.mayRead(delivery.json())) {
            throw truth.violated(
                    "nothing is invented", member + " got " + delivery.json().toUtf8());
        }
        truth.expect(!truth.log.places(event).isEmpty(), "what is delivered is stored", member + " got " + event);
        truth.expect(
                event.onlyFor == null || event.onlyFor.equals(name) || event.ambiguous,
                "what is resubmitted to a group reaches that group only",
                member + " got " + event);
        expectGranted(member, event);
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

    private void expectGranted(Member member, Sent event) {
        Grant now = grant(member.node.broker().catalogs().current(), event.type);
        Grant known = grant(member.node.known(name.client()), event.type);
        boolean revealed = truth.log.places(event).stream()
                .anyMatch(place ->
                        now != null && now.reveals(place.millis()) || known != null && known.reveals(place.millis()));
        truth.expect(revealed, "a group gets what its client was granted", member + " got " + event);
        truth.expect(
                opening == null || opening.types() == null || opening.types().contains(event.type),
                "a group gets the types it asked for",
                member + " got " + event);
        truth.expect(passes(event), "a group gets what its filter matches", member + " got " + event);
        if (opening != null && opening.start() instanceof Opening.Start.At(var time)) {
            truth.expect(
                    event.stream.internal()
                            || event.attempts > 1 // a repetition may be new
                            || event.acknowledged >= firstAsked // it was on its way, accepted but not durable yet
                            || time.toEpochMilli() > Math.min(askedMillis, openedMillis)
                            || truth.log.places(event).stream()
                                    .anyMatch(place -> place.millis() >= time.toEpochMilli()),
                    "a group starts where it asked to",
                    member + " got " + event);
        }
        if (opening != null && opening.start() instanceof Opening.Start.Latest()) {
            truth.expect(
                    event.acknowledged >= firstAsked
                            || event.attempts > 1 // a repetition may be new
                            || truth.log.places(event).stream()
                                    .anyMatch(place -> place.millis() >= Math.min(askedMillis, openedMillis)),
                    "a group that starts at the end gets nothing from before",
                    member + " got " + event);
        }
    }

    @Nullable
    Grant grant(Catalog catalog, EventType type) {
        ClientEntry entry = catalog.client(name.client());
        return entry == null || entry.consumes() == null || truth.queue().isHiddenFrom(name, type)
                ? null
                : entry.consumes().types().get(type);
    }

    private void expectFresh(Member member, Sent event) {
        boolean revealedAnew = !isSteady(event) && isRevealed(member, event);
        truth.expect(
                revealedAnew || !settled.contains(event.id), "what was confirmed stays so", member + " got " + event);
        truth.expect(
                revealedAnew || settledIn.get(event.id) != member.node,
                "what was confirmed stays so while the process lives",
                member + " got " + event);
        Member holder = holders.get(event.id);
        truth.expect(
                holder == null || !isSteady(event),
                "an event goes to one instance at a time",
                member + " got " + event + " which " + holder + " holds");
    }

    private boolean isSteady(Sent event) {
        return truth.isSteady(name.client(), event.type.value());
    }

    /// A grant that was taken away and given again reveals also what had been confirmed before, with its history, or
    /// accepted in the same millisecond: while the clock is set back, that may be long.
    private boolean isRevealed(Member member, Sent event) {
        return reveals(grant(member.node.broker().catalogs().current(), event.type), event)
                || reveals(grant(member.node.known(name.client()), event.type), event);
    }

    private boolean reveals(@Nullable Grant grant, Sent event) {
        return grant != null && truth.log.places(event).stream().anyMatch(place -> grant.reveals(place.millis()));
    }

    private static String lock(Sent event) {
        return event.stream + "/" + event.key;
    }

    private void expectOneOwner(Member member, Sent event) {
        Member owner = event.key == null ? null : owners.get(lock(event));
        truth.expect(
                owner == null || owner == member || !isSteady(event),
                "a key has one owner",
                member + " got " + event + " while " + owner + " holds events of the key");
    }

    private void expectInOrder(Member member, Sent event) {
        if (event.key == null || opening == null || opening.maxDeliveries() != null) {
            return;
        }
        StreamTruth stream = truth.log.stream(event.stream);
        long position = truth.log.places(event).getFirst().position();
        for (Stored earlier : stream.before(event.key, position)) {
            Sent other = truth.log.find(earlier.id());
            if (other != null && mustComeFirst(member, stream, other)) {
                truth.expect(
                        asked.contains(other.id) || holders.get(other.id) == member,
                        "the events of a key come in order",
                        member + " got " + event + " before " + other);
            }
        }
    }

    private boolean mustComeFirst(Member member, StreamTruth stream, Sent event) {
        Stored place = truth.log.places(event).getFirst();
        Grant grant = grant(member.node.known(name.client()), event.type);
        return !event.ambiguous
                && isSteady(event)
                && place.position()
                        >= member.node
                                .engine()
                                .log()
                                .extent(Partition.only(event.stream))
                                .first()
                && place.position() >= stream.first
                && grant != null
                && isMine(event, grant, place);
    }

    /// Whether an event is certainly for this group.
    private boolean isMine(Sent event, Grant grant, Stored place) {
        Opening of = opening;
        if (of == null || of.types() != null && !of.types().contains(event.type) || !passes(event)) {
            return false;
        }
        if (event.onlyFor != null && !event.onlyFor.equals(name)
                || place.millis() < grant.since().toEpochMilli()) {
            return false;
        }
        return event.onlyFor != null
                || switch (of.start()) {
                    case Opening.Start.Earliest() -> true;
                    case Opening.Start.Latest() -> event.begun > created && place.millis() >= latestAskedMillis;
                    case Opening.Start.At(var time) -> place.millis() >= time.toEpochMilli();
                };
    }

    /// What was resubmitted to the group passes any filter.
    private boolean passes(Sent event) {
        return opening == null || opening.filter() == null || event.stream.internal() || !event.id.endsWith("7");
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

    /// It goes back, and waits for so long.
    Dues.Due waits(Member member, String id, long untilMillis) {
        return dues.add(id, untilMillis, member.node);
    }

    /// Whether an event of a queue may go: it was settled, for all that is known, or is not for this group.
    boolean isDone(Sent event, Node node) {
        Grant grant = grant(node.broker().catalogs().current(), event.type);
        return event.ambiguous
                || asked.contains(event.id)
                || grant == null
                || truth.log.places(event).stream().anyMatch(place -> !isMine(event, grant, place))
                || truth.log.stream(LaneStreams.dead(name.client())).first > 0
                || truth.log.dead(new Dead(name.toString(), event.id, "maxDeliveries")) > 0;
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
            if (event.isAcknowledged() && !event.ambiguous && mustBeSettled(event, node)) {
                return event;
            }
        }
        return null;
    }

    private boolean mustBeSettled(Sent event, Node node) {
        Grant grant = grant(node.broker().catalogs().current(), event.type);
        if (grant == null || asked.contains(event.id) || event.stream.internal() && event.onlyFor == null) {
            return false;
        }
        if (truth.log.places(event).isEmpty()) {
            return false; // removed for its age before anybody looked; that nothing else removes it, the audits see
        }
        long first = node.engine().log().extent(Partition.only(event.stream)).first();
        return truth.log.places(event).stream()
                .allMatch(place -> place.position() >= first
                        && isMine(event, grant, place)
                        && truth.log.dead(new Dead(name.toString(), event.id, "maxDeliveries")) == 0);
    }
}
