package dev.tidings.broker.consuming;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.LaneMember;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.broker.dispatch.Recipient;
import dev.tidings.broker.groups.ClientLane;
import dev.tidings.broker.groups.Group;
import dev.tidings.broker.groups.Wanted;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An open instance on its client's loop, from its opening to its end: what it asks for, and what it settles. What
/// goes out is with its [Deliveries].
final class Session implements Recipient {
    private final ClientDesk desk;
    private final GroupName groupName;
    private final Outlet outlet;
    private final Ledger ledger;
    private final Sources sources;
    private final @Nullable Membership membership;
    private final Map<ClientLane, LaneMember> laneMembers = new LinkedHashMap<>();
    private final Deliveries deliveries;
    private final Reports reports = new Reports();
    private final Deadlines deadlines;
    private final Opening.Patience patience;
    private boolean touched;
    private boolean ended;

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
        this.sources = new Sources(parts.group(), parts.lanes());
        this.deliveries = new Deliveries(this, sources, outlet);
        this.membership = parts.group() == null ? null : new Membership(parts.group(), ledger, parts.patience());
        this.patience = parts.patience();
        this.deadlines = new Deadlines(desk.loop(), parts.patience().ackTimeout(), this::takeBack);
        parts.lanes().forEach(lane -> laneMembers.put(lane, lane.open(ledger)));
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
        return sources.group();
    }

    @Nullable
    ClientLane lane(Lane lane) {
        return sources.lane(lane);
    }

    boolean hasEnded() {
        return ended;
    }

    /// The last offset that has reached the consumer, as far as is known.
    long handedOut() {
        return deliveries.handedOut();
    }

    @Override
    public void take(long offset, Held held) {
        deliveries.take(offset, held);
    }

    void touch() {
        if (!touched) {
            touched = true;
            desk.touched(this);
        }
    }

    /// Whether the payload of a delivery is still this instance's to see.
    boolean mayDeliver(Held held, @Nullable StoredEvent event) {
        return sources.reveals(held, event);
    }

    boolean isEnveloped(Held held) {
        return sources.isEnveloped(held);
    }

    @Nullable
    StoredEvent payload(Held held) {
        return sources.payload(held);
    }

    /// It takes so many bytes of its credit.
    void weigh(Held held, int bytes) {
        ledger.weigh(held, bytes);
        desk.turn().ask();
    }

    void want(Held held, Wanted wanted) {
        sources.want(held, wanted);
    }

    /// Runs a task of this instance's behind what is queued.
    void later(Runnable task) {
        desk.loop().execute(task);
    }

    void grant(int bytes) {
        if (!ended) {
            deliveries.push();
            ledger.grant(bytes);
            desk.turn().ask();
        }
    }

    void poll(Poll next, int maxBytes, Duration timeout) {
        if (ended) {
            next.answer(List.of());
            return;
        }
        int more = deliveries.poll(next);
        if (more > 0) {
            ledger.ask(more, maxBytes);
        }
        if (!next.impatient) {
            next.endsBy(desk.loop().after(timeout, () -> deliveries.endPoll(next)));
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
        rollBack(handedOut() + 1);
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
        long offset = asked == Instance.ALL ? handedOut() : asked;
        if (offset > handedOut()) {
            return CompletableFuture.completedStage(Settlement.NEVER_DELIVERED);
        }
        ledger.confirm(offset);
        desk.turn().ask();
        return durable().thenApply(_ -> Settlement.DONE);
    }

    CompletionStage<Settlement> settle(long offset) {
        if (ended || offset > handedOut()) {
            return CompletableFuture.completedStage(ended ? Settlement.ENDED : Settlement.NEVER_DELIVERED);
        }
        ledger.settle(offset);
        desk.turn().ask();
        return durable().thenApply(_ -> Settlement.DONE);
    }

    /// Gives back what it holds under this offset.
    ///
    /// @param delay null: as it was opened
    CompletionStage<Settlement> release(long offset, @Nullable Duration delay) {
        if (ended || offset > handedOut()) {
            return CompletableFuture.completedStage(ended ? Settlement.ENDED : Settlement.NEVER_DELIVERED);
        }
        Held held = ledger.held(offset);
        if (membership != null && held instanceof Pending event) {
            recall(); // an event that goes away must not leave later ones of its key behind
            membership.release(offset, delay == null ? patience.delay(event.attempts()) : delay);
        } else if (held != null) {
            ledger.takeBack(offset);
        }
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
            deliveries.endPoll();
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
        if (!ended) {
            deliveries.flush();
        }
    }

    /// Ends a poll that does not wait, once the turn is over and nothing more is on its way.
    void endImpatience() {
        deliveries.endImpatience();
    }

    /// Everything up to this offset is with the consumer.
    void handedOut(long upTo) {
        deadlines.handedOut(upTo);
    }

    /// What was to be delivered is gone, or is not for this group any more: it never had this offset.
    void passOver(Out out) {
        rollBack(out.offset);
        sources.drop(out.held);
        desk.turn().ask();
    }

    /// What it confirms from now on is not settled before this is.
    void awaits(CompletionStage<Settlement> reported) {
        reports.add(reported);
    }

    /// Completes when all that was settled so far is durable.
    CompletionStage<Void> durable() {
        return reports.with(sources.durable());
    }

    private void leave() {
        laneMembers.forEach(ClientLane::close);
        if (membership == null) {
            ledger.close();
        } else {
            membership.close();
        }
    }

    private void rollBack(long first) {
        ledger.rollBack(first);
        deliveries.rollBack(ledger.last());
        deadlines.rollBack(ledger.last());
    }

    /// The time of what it was handed up to this offset is over.
    private void takeBack(long upTo) {
        if (membership != null && ledger.firstOpen() <= upTo) {
            recall(); // an event that goes away must not leave later ones of its key behind
            membership.expire(upTo);
            desk.turn().ask();
        }
    }
}
