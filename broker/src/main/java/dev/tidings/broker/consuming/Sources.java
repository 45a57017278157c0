package dev.tidings.broker.consuming;

import dev.tidings.broker.dead.ErrorsOf;
import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.broker.groups.ClientLane;
import dev.tidings.broker.groups.Group;
import dev.tidings.broker.groups.Wanted;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where the events of an instance come from: its group, where it reads one, and lanes.
final class Sources {
    private final @Nullable Group group;
    private final Map<Lane, ClientLane> lanes = new EnumMap<>(Lane.class);

    Sources(@Nullable Group group, List<ClientLane> lanes) {
        this.group = group;
        lanes.forEach(lane -> this.lanes.put(lane.lane(), lane));
    }

    @Nullable
    Group group() {
        return group;
    }

    @Nullable
    ClientLane lane(Lane lane) {
        return lanes.get(lane);
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

    /// Whether the payload of a delivery is still this instance's to see: it may have come back from another.
    boolean reveals(Held held, @Nullable StoredEvent event) {
        return event != null && (held.lane() != Lane.EVENTS || group != null && group.mayDeliver(event));
    }

    /// What the group gets where it is an error handler; null: it is none.
    @Nullable
    ErrorsOf errors() {
        return group == null ? null : group.errors();
    }

    /// Whether what is stored of an event is the envelope of a dead one.
    boolean isEnveloped(Held held) {
        return held.lane() == Lane.DEAD || held.lane() == Lane.EVENTS && group != null && group.errors() != null;
    }

    /// An event is gone, or is not for this group any more.
    void drop(Held held) {
        ClientLane lane = lanes.get(held.lane());
        if (lane != null) {
            lane.drop(held);
        } else if (group != null && held instanceof Pending pending) {
            group.dispatch().drop(pending);
        }
    }

    /// Whether more events may be on their way.
    boolean isReading() {
        boolean reading = group != null && group.isReading();
        for (ClientLane lane : lanes.values()) {
            reading |= lane.isReading();
        }
        return reading;
    }

    /// Completes when all that was settled so far is durable.
    CompletionStage<Void> durable() {
        CompletionStage<Void> all = group == null ? CompletableFuture.completedStage(null) : group.durable();
        for (ClientLane lane : lanes.values()) {
            all = all.runAfterBoth(lane.durable(), () -> {});
        }
        return all;
    }
}
