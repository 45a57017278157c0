package dev.tidings.broker.consuming;

import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.dead.ErrorsOf;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes out of an instance, pushed or polled: in the order of offsets, once each payload is at hand.
final class Deliveries {
    private final Session session;
    private final Sources sources;
    private final Outlet outlet;
    private final ArrayDeque<Out> waiting = new ArrayDeque<>();
    private List<Delivery> ready = new ArrayList<>();
    private @Nullable Poll poll;
    private boolean pushing;
    private long handedOut;

    Deliveries(Session session, Sources sources, Outlet outlet) {
        this.session = session;
        this.sources = sources;
        this.outlet = outlet;
    }

    /// The last offset that has reached the consumer, as far as is known.
    long handedOut() {
        return handedOut;
    }

    /// From now on, what is at hand is pushed.
    void push() {
        pushing = true;
    }

    void take(long offset, Held held) {
        StoredEvent event = sources.payload(held);
        if (event != null && waiting.isEmpty() && sources.reveals(held, event)) {
            ready.add(delivery(offset, held, pushing ? event : event.compact()));
            session.touch();
        } else {
            Out out = new Out(session, offset, held);
            waiting.add(out);
            if (event == null) {
                sources.want(held, out);
                session.touch();
            } else {
                out.arrived(event);
            }
        }
    }

    /// The next answer goes to this poll, which takes the place of one that waits; returns how many events more it can
    /// take than are on their way.
    int poll(Poll next) {
        answerPoll(List.of());
        poll = next;
        return next.maxEvents - ready.size() - waiting.size();
    }

    /// What has a later offset is not delivered.
    void rollBack(long last) {
        ready.removeIf(delivery -> delivery.offset() > last);
        while (!waiting.isEmpty() && waiting.getLast().offset > last) {
            waiting.removeLast().drop();
        }
        handedOut = Math.min(handedOut, last);
    }

    /// Lets go what is at hand.
    void flush() {
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
        if (poll == null || !poll.impatient) {
            return;
        }
        if (waiting.isEmpty() && !sources.isReading()) {
            endPoll(poll);
        } else {
            session.touch(); // to look again in the turn that comes when what is read is there
        }
    }

    /// The time of a poll is over.
    void endPoll(Poll due) {
        if (poll == due) {
            endPoll();
        }
    }

    /// Whoever waits is told that nothing comes.
    void endPoll() {
        answerPoll(List.of());
    }

    private void takeResolved() {
        for (Out out = waiting.peek(); out != null; out = waiting.peek()) {
            StoredEvent event = out.event();
            if (out.isMissing()) {
                session.passOver(out);
                return;
            }
            if (event == null) {
                return;
            }
            waiting.remove();
            ready.add(delivery(out.offset, out.held, event));
        }
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
        session.handedOut(handedOut);
    }

    private void answerPoll(List<Delivery> deliveries) {
        Poll answered = poll;
        if (answered != null) {
            poll = null;
            session.ledger().withdraw();
            answered.answer(deliveries);
        }
    }

    private Delivery delivery(long offset, Held held, StoredEvent event) {
        int attempts = held instanceof Pending pending ? pending.attempts() : 0;
        if (sources.isEnveloped(held)) {
            DeadEnvelope dead = DeadEnvelope.of(event);
            ErrorsOf errors = held.lane() == Lane.DEAD ? null : sources.errors();
            Bytes json = errors == null ? dead.delivered() : errors.delivered(event);
            session.weigh(held, json.length());
            return new Delivery(
                    offset,
                    held.lane(),
                    dead.deliveredMillis(),
                    dead.deliveredTimed(),
                    json,
                    attempts,
                    held.partition(),
                    event.keyHash());
        }
        return new Delivery(
                offset,
                held.lane(),
                event.acceptedMillis(),
                event.timed(),
                event.json(),
                attempts,
                held.partition(),
                event.keyHash());
    }
}
