package dev.tidings.sim.truth;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.engine.Partition;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.StreamTruth.Stored;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a group is for: what may come to it, and what must. By its grants, its types, its filter, and where it starts.
final class Scope {
    private final Truth truth;
    /// The step at which the former group of this name was certainly gone: what was resubmitted before went with it.
    private final long formerGone;
    private GroupName name;
    private @Nullable Opening opening;
    private long firstAsked = -1;
    private long askedMillis;
    private long latestAskedMillis;
    private long openedMillis;
    private long created = Long.MAX_VALUE;

    Scope(GroupName name, Truth truth) {
        this(name, truth, -1);
    }

    Scope(GroupName name, Truth truth, long formerGone) {
        this.name = name;
        this.truth = truth;
        this.formerGone = formerGone;
    }

    GroupName name() {
        return name;
    }

    /// This is what it is called: nobody knew before.
    void named(GroupName now) {
        name = now;
    }

    @Nullable
    Opening opening() {
        return opening;
    }

    boolean isCreated() {
        return created != Long.MAX_VALUE;
    }

    /// Somebody asks for the group, which makes it where there is none.
    void asksToOpen(Opening wanted) {
        if (firstAsked < 0) {
            firstAsked = truth.scheduler.steps();
            askedMillis = truth.clock.millis();
        }
        if (!isCreated()) {
            opening = wanted;
            latestAskedMillis = Math.max(latestAskedMillis, truth.clock.millis());
        }
    }

    /// It is there.
    void opened(Node node) {
        if (!isCreated()) {
            truth.begins(name, node);
            created = truth.scheduler.steps();
            openedMillis = truth.clock.millis();
        }
    }

    @Nullable
    Grant grant(Catalog catalog, EventType type) {
        ClientEntry entry = catalog.client(name.client());
        return entry == null || entry.consumes() == null || truth.queue().isHiddenFrom(name, type)
                ? null
                : entry.consumes().types().get(type);
    }

    /// Whether its client may know of an event in this process, by a catalog that is being taken over or the one
    /// before.
    boolean isRevealed(Sent event, Node node) {
        Grant now = grant(node.broker().catalogs().current(), event.type);
        Grant known = grant(node.known(name.client()), event.type);
        return truth.log.places(event).stream().anyMatch(place -> reveals(now, place) || reveals(known, place));
    }

    private static boolean reveals(@Nullable Grant grant, Stored place) {
        return grant != null && grant.reveals(place.millis());
    }

    /// An event came to the group.
    ///
    /// @param what that it did, to whom
    void expectMine(Supplier<String> what, Sent event, Node node) {
        truth.expect(!truth.log.places(event).isEmpty(), "what is delivered is stored", what);
        truth.expect(
                event.onlyFor == null || event.onlyFor.equals(name) || event.ambiguous,
                "what is resubmitted to a group reaches that group only",
                what);
        truth.expect(isRevealed(event, node), "a group gets what its client was granted", what);
        truth.expect(isOfItsTypes(event), "a group gets the types it asked for", what);
        truth.expect(passes(event), "a group gets what its filter matches", what);
        expectBehindStart(event, what);
    }

    private void expectBehindStart(Sent event, Supplier<String> what) {
        if (opening != null && opening.start() instanceof Opening.Start.At(var time)) {
            truth.expect(
                    event.stream.internal()
                            || event.attempts > 1 // a repetition may be new
                            || event.acknowledged >= firstAsked // it was on its way, accepted but not durable yet
                            || time.toEpochMilli() > Math.min(askedMillis, openedMillis)
                            || isSince(event, time.toEpochMilli()),
                    "a group starts where it asked to",
                    what);
        }
        if (opening != null && opening.start() instanceof Opening.Start.Latest()) {
            truth.expect(
                    event.acknowledged >= firstAsked
                            || event.attempts > 1 // a repetition may be new
                            || isSince(event, Math.min(askedMillis, openedMillis)),
                    "a group that starts at the end gets nothing from before",
                    what);
        }
    }

    private boolean isSince(Sent event, long millis) {
        return truth.log.places(event).stream().anyMatch(place -> place.millis() >= millis);
    }

    /// Whether an event at this place is certainly for this group.
    boolean isMine(Sent event, Grant grant, Stored place) {
        Opening of = opening;
        if (of == null || !isOfItsTypes(event) || !passes(event)) {
            return false;
        }
        if (event.onlyFor != null && !event.onlyFor.equals(name)
                || place.millis() < grant.since().toEpochMilli()) {
            return false;
        }
        if (event.onlyFor != null) {
            return event.begun > formerGone;
        }
        return switch (of.start()) {
            case Opening.Start.Earliest() -> true;
            case Opening.Start.Latest() -> event.begun > created && place.millis() >= latestAskedMillis;
            case Opening.Start.At(var time) -> place.millis() >= time.toEpochMilli();
        };
    }

    /// Whether an event must have come before one that comes now, if it is earlier: the group was meant to have it all
    /// the time, and nothing has removed it.
    boolean precedes(Sent event, Node node) {
        Stored place = truth.log.places(event).getFirst();
        Grant grant = grant(node.known(name.client()), event.type);
        return !event.ambiguous
                && truth.isSteady(name.client(), event.type.value())
                && place.position()
                        >= node.engine()
                                .log()
                                .extent(Partition.only(event.stream))
                                .first()
                && place.position() >= truth.log.stream(event.stream).first
                && grant != null
                && isMine(event, grant, place);
    }

    /// Whether an event that was acknowledged is there, and certainly for this group.
    boolean awaits(Sent event, Node node) {
        Grant grant = grant(node.broker().catalogs().current(), event.type);
        if (grant == null || event.stream.internal() && event.onlyFor == null) {
            return false;
        }
        if (truth.log.places(event).isEmpty()) {
            return false; // removed for its age before anybody looked; that nothing else removes it, the audits see
        }
        long first = node.engine().log().extent(Partition.only(event.stream)).first();
        return truth.log.places(event).stream()
                .allMatch(place -> place.position() >= first && isMine(event, grant, place));
    }

    private boolean isOfItsTypes(Sent event) {
        return opening == null || opening.types() == null || opening.types().contains(event.type);
    }

    /// What was resubmitted to the group passes any filter.
    boolean passes(Sent event) {
        return opening == null || opening.filter() == null || event.stream.internal() || !event.id.endsWith("7");
    }
}
