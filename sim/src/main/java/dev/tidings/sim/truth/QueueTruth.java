package dev.tidings.sim.truth;

import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.StreamTruth.Stored;

/// What is known of a queue, which has a stream of its own: it is for one group, and its events go when they are
/// consumed, and no sooner.
public final class QueueTruth {
    private final Truth truth;
    private final EventType type;
    private final GroupName reader;

    QueueTruth(Truth truth, EventType type, GroupName reader) {
        this.truth = truth;
        this.type = type;
        this.reader = reader;
    }

    boolean is(EventType other) {
        return type.equals(other);
    }

    boolean isHiddenFrom(GroupName group, EventType of) {
        return is(of) && !reader.equals(group);
    }

    /// What is gone was consumed, or not for its group.
    ///
    /// @param node the process in which it went
    void expectConsumed(String id, Node node) {
        truth.expect(
                !isSteady() || truth.group(reader).isDone(truth.find(id), node),
                "what is in a queue stays until it is consumed",
                type + " lost " + id);
    }

    /// Its group has settled everything, and a sweep is over. What its filter keeps out behind the last event that it
    /// gets may stay until one is confirmed, or nobody is in the group: no cursor is written for that alone.
    public void expectEmpty(Node node) {
        Extent extent = node.engine().log().extent(Partition.only(type.stream()));
        truth.expect(
                !isSteady() || extent.first() == extent.next() || endsWithWhatIsKeptOut(),
                "a queue of which everything is consumed takes no space",
                type + " is " + extent);
    }

    private boolean endsWithWhatIsKeptOut() {
        Stored last = truth.log.stream(type.stream()).events.lastEntry().getValue();
        return truth.group(reader).keepsOut(truth.find(last.id()));
    }

    private boolean isSteady() {
        return truth.isSteady(reader.client(), type.value());
    }
}
