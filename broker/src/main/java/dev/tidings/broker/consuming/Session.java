package dev.tidings.broker.consuming;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.LaneMember;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.broker.dispatch.Recipient;
import dev.tidings.broker.groups.ClientLane;
import dev.tidings.broker.groups.Group;
import dev.tidings.broker.groups.Wanted;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Delivery;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An open instance on its client's loop: what it was given goes out in the order of its offsets, once each
/// payload is at hand.
final class Session implements Recipient {
    private final ClientDesk desk;
    private final GroupName groupName;
    private final Outlet outlet;
    private final Ledger ledger;
    private final @Nullable Group group;
    private final @Nullable Membership membership;
    private final Map<Lane, ClientLane> lanes = new EnumMap<>(Lane.class);
    private final Map<Lane, LaneMember> laneMembers = new EnumMap<>(Lane.class);
    private final ArrayDeque<Out> waiting = new ArrayDeque<>();
    private final Reports reports = new Reports();
    private final Deadlines deadlines;
    private List<Delivery> ready = new ArrayList<>();
    private @Nullable Poll poll;
    private boolean pushing;
    private boolean touched;
    private boolean ended;
    private long handedOut;

    /// What an instance is made of.
    record Parts(
            String id,
            GroupName groupName,
            int inflight,
            Outlet outlet,
            Opening.Patience patience,
            @Nullable Group group,
            List<ClientLane> lanes) {}

    Session(ClientDesk desk, Parts parts) {
        this.desk = desk;
        this.groupName = parts.groupName();
        this.outlet = parts.outlet();
        this.ledger = new Ledger(parts.id(), parts.inflight(), this);
        this.group = parts.group();
        this.membership = group == null ? null : new Membership(group, ledger, parts.patience());
        this.deadlines = new Deadlines(desk.loop(), parts.patience().ackTimeout(), this::takeBack);
        for (ClientLane lane : parts.lanes()) {
            lanes.put(lane.lane(), lane);
            laneMembers.put(lane.lane(), lane.open(ledger));
        }
    }

    String id() {
        return ledger.instance();
    }

    GroupName groupName() {
        return groupName;
    }

    Ledger ledger() {
        return ledger;
    }

    @Nullable
    Group group() {
        return group;
    }

    @Nullable
    ClientLane lane(Lane lane) {
        return lanes.get(lane);
    }

    boolean hasEnded() {
        return ended;
    }

    /// The last offset that has reached the consumer, as far as is known.
    long handedOut() {
        return handedOut;
    }

    @Override
    public void take(long offset, Held held) {
        StoredEvent event = payload(held);
        if (event != null && waiting.isEmpty() && mayDeliver(held, event)) {
            ready.add(delivery(offset, held, pushing ? event : event.compact()));
            touch();
        } else {
            Out out = new Out(this, offset, held);
            waiting.add(out);
            if (event == null) {
                want(held, out);
                touch();
            } else {
                out.arrived(event);
            }
        }
    }

    void touch() {
        if (!touched) {
            touched = true;
            desk.touched(this);
        }
    }

    /// Whether the payload of a delivery is still this instance's to see: it may have come back from another.
    boolean mayDeliver(Held held, @Nullable StoredEvent event) {
        return event != null
                && (held.lane() != Lane.EVENTS
                        || group != null && group.selection().reveals(event));
    }

    /// Runs a task of this instance's behind what is queued.
    void later(Runnable task) {
        desk.loop().execute(task);
    }

    void grant(int bytes) {
        if (!ended) {
            pushing = true;
            ledger.grant(bytes);
            desk.turn().ask();
        }
    }

    void poll(Poll next, int maxBytes, Duration timeout) {
        answerPoll(List.of());
        if (ended) {
            next.answer(List.of());
            return;
        }
        poll = next;
        int more = next.maxEvents - ready.size() - waiting.size();
        if (more > 0) {
            ledger.ask(more, maxBytes);
        }
        if (!next.impatient) {
            next.endsBy(desk.loop().after(timeout, () -> endPoll(next)));
        }
        touch();
        desk.turn().ask();
    }

    void unread(long first) {
        if (!ended) {
            rollBack(first);
            desk.turn().ask();
        }
    }

    /// Gives back what it was given and has not handed out.
    void recall() {
        rollBack(handedOut + 1);
    }

    /// Nothing stays reserved once it has ended.
    void renounce() {
        if (membership != null) {
            membership.renounce();
        }
    }

    CompletionStage<Settlement> confirm(long asked) {
        if (ended) {
            return CompletableFuture.completedStage(Settlement.ENDED);
        }
        long offset = asked == Instance.ALL ? handedOut : asked;
        if (offset > handedOut) {
            return CompletableFuture.completedStage(Settlement.NEVER_DELIVERED);
        }
        ledger.confirm(offset);
        desk.turn().ask();
        return durable().thenApply(_ -> Settlement.DONE);
    }

    CompletionStage<Settlement> settle(long offset) {
        if (ended || offset > handedOut) {
            return CompletableFuture.completedStage(ended ? Settlement.ENDED : Settlement.NEVER_DELIVERED);
        }
        ledger.settle(offset);
        desk.turn().ask();
        return durable().thenApply(_ -> Settlement.DONE);
    }

    /// Ends it; completes when what it confirmed is durable.
    CompletionStage<Void> close() {
        if (!ended) {
            ended = true;
            recall();
            deadlines.cancel();
            leave();
            desk.ended(this);
            answerPoll(List.of());
            desk.turn().ask();
        }
        return durable();
    }

    /// Ends it from within. The outlet knows before a poll that waits is answered, and can tell it so.
    void end(Outlet.Ending ending) {
        if (!ended) {
            outlet.ended(ending);
            var _ = close();
        }
    }

    /// Lets go what is at hand, in the order of offsets.
    void flush() {
        touched = false;
        if (ended) {
            return;
        }
        takeResolved();
        if (poll != null && !ready.isEmpty()) {
            answer(poll);
        } else if (pushing && !ready.isEmpty()) {
            List<Delivery> deliveries = ready;
            ready = new ArrayList<>();
            handOut(deliveries);
            outlet.deliver(deliveries);
        }
    }

    /// Ends a poll that does not wait, once the turn is over and nothing more is on its way.
    void endImpatience() {
        if (poll != null && poll.impatient && waiting.isEmpty() && !isReading()) {
            endPoll(poll);
        }
    }

    /// What it confirms from now on is not settled before this is.
    void awaits(CompletionStage<Settlement> reported) {
        reports.add(reported);
    }

    /// Completes when all that was settled so far is durable.
    CompletionStage<Void> durable() {
        CompletionStage<Void> all =
                reports.with(group == null ? CompletableFuture.completedStage(null) : group.durable());
        for (ClientLane lane : lanes.values()) {
            all = all.runAfterBoth(lane.durable(), () -> {});
        }
        return all;
    }

    @Nullable
    StoredEvent payload(Held held) {
        if (held.lane() == Lane.EVENTS) {
            return group == null ? null : group.payload(held);
        }
        ClientLane lane = lanes.get(held.lane());
        return lane == null ? null : lane.payload(held);
    }

    void want(Held held, Wanted wanted) {
        ClientLane lane = lanes.get(held.lane());
        if (lane != null) {
            lane.want(wanted);
        } else if (group != null) {
            group.want(held, wanted);
        }
    }

    private void leave() {
        laneMembers.forEach((lane, laneMember) -> {
            ClientLane of = lanes.get(lane);
            if (of != null) {
                of.close(laneMember);
            }
        });
        if (membership == null) {
            ledger.close();
        } else {
            membership.close();
        }
    }

    private void rollBack(long first) {
        ledger.rollBack(first);
        long last = ledger.last();
        ready.removeIf(delivery -> delivery.offset() > last);
        while (!waiting.isEmpty() && waiting.getLast().offset > last) {
            waiting.removeLast().drop();
        }
        handedOut = Math.min(handedOut, last);
        deadlines.rollBack(last);
    }

    private void takeResolved() {
        for (Out out = waiting.peek(); out != null; out = waiting.peek()) {
            StoredEvent event = out.event();
            if (out.isMissing()) {
                passOver(out);
                return;
            }
            if (event == null) {
                return;
            }
            waiting.remove();
            ready.add(delivery(out.offset, out.held, event));
        }
    }

    /// What was to be delivered is gone, or is not for this group any more: it never had this offset.
    private void passOver(Out out) {
        rollBack(out.offset);
        ClientLane lane = lanes.get(out.held.lane());
        if (lane != null) {
            lane.drop(out.held);
        } else if (group != null && out.held instanceof Pending pending) {
            group.dispatch().drop(pending);
        }
        desk.turn().ask();
    }

    private void answer(Poll waitingPoll) {
        List<Delivery> deliveries = ready;
        if (deliveries.size() > waitingPoll.maxEvents) {
            ready = new ArrayList<>(deliveries.subList(waitingPoll.maxEvents, deliveries.size()));
            deliveries = deliveries.subList(0, waitingPoll.maxEvents);
        } else {
            ready = new ArrayList<>();
        }
        handOut(deliveries);
        answerPoll(List.copyOf(deliveries));
    }

    private void handOut(List<Delivery> deliveries) {
        handedOut = deliveries.getLast().offset();
        deadlines.handedOut(handedOut);
    }

    /// The time of what it was handed up to this offset is over.
    private void takeBack(long upTo) {
        if (membership != null && ledger.firstOpen() <= upTo) {
            recall(); // an event that goes away must not leave later ones of its key behind
            membership.expire(upTo);
            desk.turn().ask();
        }
    }

    private void endPoll(Poll due) {
        if (poll == due) {
            answerPoll(List.of());
        }
    }

    private void answerPoll(List<Delivery> deliveries) {
        Poll answered = poll;
        if (answered != null) {
            poll = null;
            ledger.withdraw();
            answered.answer(deliveries);
        }
    }

    private boolean isReading() {
        boolean reading = group != null && group.isReading();
        for (ClientLane lane : lanes.values()) {
            reading |= lane.isReading();
        }
        return reading;
    }

    private static Delivery delivery(long offset, Held held, StoredEvent event) {
        if (held.lane() == Lane.DEAD) {
            DeadEnvelope dead = DeadEnvelope.of(event);
            return new Delivery(offset, Lane.DEAD, dead.deliveredMillis(), dead.deliveredTimed(), dead.delivered());
        }
        int attempts = held instanceof Pending pending ? pending.attempts() : 0;
        return new Delivery(offset, held.lane(), event.acceptedMillis(), event.timed(), event.json(), attempts);
    }
}
