package dev.tidings.broker.dispatch;

import dev.tidings.model.EventType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What waits at the gates of a group, for each gate in the order in which it was read. A gate that has refused an
/// event is shut for all others until [#reopen], so that a turn asks it once more than it lets through.
final class GateQueues {
    private final Gates gates;
    private final Map<EventType, Queue> queues = new HashMap<>();
    /// Whether there may be gates at all.
    private boolean gated;

    /// What waits at one gate.
    private static final class Queue {
        final Gate gate;
        final PriorityQueue<Pending> events = new PriorityQueue<>(Comparator.comparingLong(event -> event.sequence));
        boolean shut;

        Queue(Gate gate) {
            this.gate = gate;
        }

        /// The first that waits; forgets those that do not any more.
        @Nullable
        Pending first() {
            while (!events.isEmpty() && events.peek().state != Pending.State.THROTTLED) {
                events.poll();
            }
            return events.peek();
        }
    }

    GateQueues(Gates gates) {
        this.gates = gates;
    }

    /// There are other gates than before; nothing may wait at one.
    ///
    /// @param some whether there are any
    void changed(boolean some) {
        queues.values().forEach(queue -> queue.gate.waiting(0));
        queues.clear();
        gated = some;
    }

    /// Whether an event may be given; it has passed its gate then.
    boolean pass(Pending event) {
        if (!gated) {
            return true;
        }
        Gate gate = gates.of(event.type);
        if (gate == null) {
            return true;
        }
        Queue queue = queues.computeIfAbsent(event.type, _ -> new Queue(gate));
        Pending first = queue.first();
        if (queue.shut || first != null && first.sequence < event.sequence) {
            return false;
        }
        if (!gate.pass(event.acceptedMillis)) {
            queue.shut = true;
            return false;
        }
        event.gate = gate;
        return true;
    }

    /// An event is delivered without having passed.
    void enter(Pending event) {
        Gate gate = gated ? gates.of(event.type) : null;
        if (gate != null) {
            event.gate = gate;
            gate.enter();
        }
    }

    /// An event that is delivered has another gate than before, or none.
    void reenter(Pending event) {
        Gate left = event.gate;
        if (left == null || left != gates.of(event.type)) {
            event.gate = null;
            enter(event);
        }
    }

    /// An event that did not pass waits.
    void add(Pending event) {
        Queue queue = queues.get(event.type);
        if (queue == null) {
            throw new IllegalStateException("an event of " + event.type + " waits at a gate that it did not come to");
        }
        queue.events.add(event);
    }

    /// Asks all gates again.
    void reopen() {
        queues.values().forEach(queue -> queue.shut = false);
    }

    /// Takes out the first that waits at a gate that is not shut; null where nothing does.
    @Nullable
    Pending next() {
        for (Queue queue : queues.values()) {
            if (!queue.shut && queue.first() != null) {
                return queue.events.poll();
            }
        }
        return null;
    }

    /// Takes out anything that waits; null where nothing does.
    @Nullable
    Pending any() {
        reopen();
        return next();
    }

    /// Tells the gates how much waits that could be delivered.
    ///
    /// @param wanted whether anybody would take it
    void tell(boolean wanted) {
        for (Queue queue : queues.values()) {
            queue.gate.waiting(wanted && queue.first() != null ? queue.events.size() : 0);
        }
    }
}
