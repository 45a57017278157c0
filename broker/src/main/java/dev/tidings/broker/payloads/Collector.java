package dev.tidings.broker.payloads;

import dev.tidings.engine.Appended;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes payloads that no event refers to any more. Where an event that refers to a payload stands is not known when
/// it is appended; but it stands below the end that its partition has later. So a sweep notes the ends for what was
/// referred to since the last one, and a payload goes when its partitions begin behind these: when retention, whatever
/// it goes by, has removed every such event. One sweep at a time; it blocks.
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final Intake.Places places;
    private final EventLog log;
    private final PayloadConfig config;
    private final InstantSource clock;
    private final AtomicLong collected = new AtomicLong();

    Collector(Intake.Places places, EventLog log, PayloadConfig config, InstantSource clock) {
        this.places = places;
        this.log = log;
        this.config = config;
        this.clock = clock;
    }

    /// How many it has removed.
    AtomicLong collected() {
        return collected;
    }

    /// A store that cannot be written is left as it is; the next sweep tries again.
    synchronized void sweep(Intake intake) throws IOException {
        try {
            for (Payload payload : places.table().resting()) {
                look(payload);
            }
            Instant before = clock.instant().minus(config.unfinished());
            for (Upload upload : places.table().uploads()) {
                if (upload.touched().isBefore(before) && intake.cancel(upload)) {
                    LOG.info("the upload {} did not go on for {}: removed", upload.id(), config.unfinished());
                }
            }
        } catch (Unavailable unavailable) {
            LOG.info("payloads are not swept now: {}", unavailable.getMessage());
        }
    }

    /// Runs the task while no payload is removed.
    synchronized <T> T pausing(Pause<T> task) throws IOException {
        return task.run();
    }

    private void look(Payload payload) throws IOException {
        Holds holds = payload.holds();
        for (Map.Entry<StreamName, Map<Partition, Long>> stream :
                holds.streams().entrySet()) {
            if (stream.getValue().isEmpty()) {
                holds = holds.until(stream.getKey(), ends(stream.getKey()));
            } else if (isGone(stream.getValue())) {
                holds = holds.without(stream.getKey());
            }
        }
        if (isDue(payload, holds)) {
            remove(payload);
        } else if (!holds.equals(payload.holds())) {
            CompletionStage<Appended> replacing = places.table().replace(payload, holds);
            if (replacing != null) {
                Intake.durable(replacing);
            }
        }
    }

    private boolean isDue(Payload payload, Holds holds) {
        boolean everHeld = !payload.holds().streams().isEmpty();
        return holds.streams().isEmpty()
                && (everHeld || payload.stored().isBefore(clock.instant().minus(config.unreferenced())));
    }

    private Map<Partition, Long> ends(StreamName stream) {
        Map<Partition, Long> ends = new HashMap<>();
        for (Partition partition : log.partitions(stream)) {
            ends.put(partition, log.extent(partition).next());
        }
        return ends;
    }

    private boolean isGone(Map<Partition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> log.extent(end.getKey()).first() >= end.getValue());
    }

    private void remove(Payload payload) throws IOException {
        CompletionStage<Appended> removing = places.table().remove(payload);
        if (removing == null) {
            return;
        }
        try {
            Intake.durable(removing);
        } catch (Unavailable unavailable) {
            if (unavailable.effect() == Unavailable.Effect.NONE) {
                places.table().restore(payload);
            }
            throw unavailable;
        }
        places.files().delete(payload);
        collected.incrementAndGet();
    }
}
