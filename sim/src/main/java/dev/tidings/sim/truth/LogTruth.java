package dev.tidings.sim.truth;

import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.StreamName;
import dev.tidings.sim.truth.StreamTruth.Stored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of the log, from all that was ever read of it.
final class LogTruth {
    private final Truth truth;
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<StreamName, StreamTruth> streams = new TreeMap<>();
    private final Map<String, List<Stored>> places = new HashMap<>();
    private final Map<Dead, Integer> dead = new HashMap<>();

    /// Who found what dead.
    record Dead(String group, String id, String reason) {}

    LogTruth(Truth truth) {
        this.truth = truth;
    }

    void add(Sent event) {
        sent.put(event.id, event);
    }

    @Nullable
    Sent find(String id) {
        return sent.get(id);
    }

    Collection<Sent> sent() {
        return sent.values();
    }

    Map<StreamName, StreamTruth> streams() {
        return streams;
    }

    StreamTruth stream(StreamName name) {
        return streams.computeIfAbsent(name, _ -> new StreamTruth());
    }

    /// Where an event stood or stands.
    List<Stored> places(Sent event) {
        return places.getOrDefault(event.id, List.of());
    }

    /// How often a group's event was found in the dead lane.
    int dead(Dead what) {
        return dead.getOrDefault(what, 0);
    }

    Map<Dead, Integer> dead() {
        return dead;
    }

    /// Somebody reads these.
    void read(Partition partition, long first, List<StoredEvent> events) {
        StreamTruth stream = stream(partition.stream());
        for (StoredEvent event : events) {
            Stored known = stream.events.get(event.position());
            if (known == null) {
                learn(new Place(partition.stream(), stream, first), event);
            } else if (known.millis() != event.acceptedMillis() || !known.id().equals(id(partition.stream(), event))) {
                truth.violated("what is stored stays as it is", partition + " has " + event + " instead of " + known);
            }
        }
    }

    private static String id(StreamName stream, StoredEvent event) {
        return LaneStreams.isDead(stream) ? Sent.idIn(DeadEnvelope.of(event).delivered()) : Sent.idIn(event.json());
    }

    private record Place(StreamName name, StreamTruth stream, long first) {}

    private void learn(Place place, StoredEvent event) {
        StreamName name = place.name;
        StreamTruth stream = place.stream;
        Stored stored = Stored.of(event, id(name, event));
        Map.Entry<Long, Stored> before = stream.events.lowerEntry(stored.position());
        Map.Entry<Long, Stored> behind = stream.events.higherEntry(stored.position());
        if (before != null && before.getValue().millis() > stored.millis()
                || behind != null && behind.getValue().millis() < stored.millis()) {
            truth.violated("times of acceptance never fall", name + " at " + stored);
        }
        Sent from = sent.get(stored.id());
        if (LaneStreams.isDead(name)) {
            stream.add(stored, "");
            learnDead(DeadEnvelope.of(event), stored.id());
        } else if (from == null || !from.mayRead(event.json()) || from.attempts == 0) {
            truth.violated(
                    "nothing is invented", name + " holds " + event.json().toUtf8());
        } else {
            learn(place, from, stored);
        }
    }

    private void learn(Place place, Sent from, Stored stored) {
        List<Stored> known = places.computeIfAbsent(from.id, _ -> new ArrayList<>());
        if (!place.name.equals(from.stream) && !from.ambiguous) {
            truth.violated("an event is stored in its stream", from + " is in " + place.name);
        }
        boolean standsAlready = known.stream().anyMatch(one -> one.position() >= place.first);
        if (from.once && !from.ambiguous && standsAlready) {
            truth.violated("a retry is stored once", from + " stands at " + known + " and " + stored);
        }
        if (known.size() >= from.attempts) {
            truth.violated(
                    "nothing is invented",
                    from + " was sent " + from.attempts + " times and stands at " + known + " and " + stored);
        }
        from.ambiguous |= !known.isEmpty();
        known.add(stored);
        place.stream.add(stored, from.key == null ? "" : from.key);
    }

    private void learnDead(DeadEnvelope envelope, String id) {
        DeadEnvelope.DeadReport report = envelope.report();
        dead.merge(new Dead(report.group().toString(), id, report.reason().toString()), 1, Integer::sum);
    }
}
