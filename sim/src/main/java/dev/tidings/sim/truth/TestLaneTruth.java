package dev.tidings.sim.truth;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.model.ClientName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What is known of a client's test lane.
public final class TestLaneTruth {
    private final ClientName client;
    private final Truth truth;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Long> settled = new HashMap<>();

    TestLaneTruth(ClientName client, Truth truth) {
        this.client = client;
        this.truth = truth;
    }

    void delivered(Member member, String id) {
        Sent event = truth.log.find(id);
        if (event == null || !event.stream.equals(LaneStreams.test(client))) {
            throw truth.violated("a test event reaches its own client only", client + " got " + id);
        }
        truth.expect(
                member.opened <= settled.getOrDefault(id, Long.MAX_VALUE),
                "what is confirmed is not offered to instances opened later",
                member + " got " + id);
    }

    void asked(String id) {
        asked.add(id);
    }

    void settled(String id) {
        settled.putIfAbsent(id, truth.scheduler.steps());
    }

    /// What must have been offered and settled by now: acknowledged, and accepted at this time or later.
    public void expectSettled(long sinceMillis) {
        for (Sent event : truth.log.sent()) {
            if (event.stream.equals(LaneStreams.test(client)) && event.isAcknowledged() && !asked.contains(event.id)) {
                boolean old = truth.log.places(event).stream().noneMatch(place -> place.millis() >= sinceMillis);
                truth.expect(old, "a test event is offered until somebody confirms it", event + " was not");
            }
        }
    }
}
