package dev.tidings.broker.consuming;

import dev.tidings.broker.groups.ClientLane;
import dev.tidings.broker.groups.Facilities;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.model.ClientName;
import dev.tidings.model.Lane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/// The test and the dead lane of one client, open while somebody uses them.
final class Lanes {
    private final ClientName client;
    private final ConsumingConfig config;
    private final Facilities facilities;
    private final BiConsumer<Lane, Throwable> onFailure;
    private final Map<Lane, Use> open = new EnumMap<>(Lane.class);

    /// A lane, and how many are about to use it.
    private static final class Use {
        final ClientLane lane;
        int expected;

        Use(ClientLane lane) {
            this.lane = lane;
        }
    }

    Lanes(ClientName client, ConsumingConfig config, Facilities facilities, BiConsumer<Lane, Throwable> onFailure) {
        this.client = client;
        this.config = config;
        this.facilities = facilities;
        this.onFailure = onFailure;
    }

    /// Opens those of these that are lanes; each is expected to be used until [#used].
    CompletionStage<List<ClientLane>> open(Set<Lane> wanted) {
        List<ClientLane> lanes = new ArrayList<>();
        CompletionStage<?> started = CompletableFuture.completedStage(null);
        for (Lane lane : wanted) {
            if (lane != Lane.EVENTS) {
                Use use = open.computeIfAbsent(lane, _ -> new Use(make(lane)));
                use.expected++;
                lanes.add(use.lane);
                started = started.thenCombine(use.lane.start(), (_, done) -> done);
            }
        }
        return started.thenApply(_ -> lanes);
    }

    /// Those who expected to use these do, or do not any more.
    void used(Set<Lane> wanted) {
        for (Lane lane : wanted) {
            Use use = open.get(lane);
            if (use != null) {
                use.expected--;
            }
        }
    }

    CompletionStage<Boolean> settleDead(long position, Batch together) {
        Set<Lane> dead = Set.of(Lane.DEAD);
        return open(dead)
                .thenCompose(lanes -> lanes.getFirst().settle(position, together))
                .whenComplete((_, _) -> {
                    used(dead);
                    facilities.turn().ask();
                });
    }

    boolean pump() {
        boolean more = false;
        for (Use use : open.values()) {
            more |= use.lane.pump();
            use.lane.fetch();
        }
        return more;
    }

    void store() {
        open.values().forEach(use -> use.lane.store());
        open.values().removeIf(use -> {
            boolean done = use.expected == 0 && use.lane.isDone();
            if (done) {
                use.lane.close();
            }
            return done;
        });
    }

    private ClientLane make(Lane lane) {
        ClientLane.Place place = lane == Lane.TEST
                ? new ClientLane.Place(lane, LaneStreams.test(client), LaneStreams.testCursor(client), config.testAge())
                : new ClientLane.Place(
                        lane, LaneStreams.dead(client), LaneStreams.deadCursor(client), config.deadAge());
        return new ClientLane(place, facilities, failure -> onFailure.accept(lane, failure));
    }
}
