package dev.tidings.sim.actors;

import dev.tidings.broker.payloads.PayloadId;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.ReportedEvent;
import dev.tidings.model.Submission;
import dev.tidings.sim.truth.Sent;
import dev.tidings.sim.truth.SentBatch;
import dev.tidings.wire.CloudEvents;
import dev.tidings.wire.Decoded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Writes events as producers do, and has them read as the server does.
final class Writing {
    private static final CloudEvents WIRE = new CloudEvents(CloudEvents.Limits.DEFAULT);
    private static final int KEYS = 4;

    private final SplittableRandom random;
    private final String source;
    private int written;

    Writing(SplittableRandom random, String source) {
        this.random = random;
        this.source = source;
    }

    /// One batch, in which now and then an event stands twice.
    List<Sent> batch(List<EventType> types) {
        List<Sent> events = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? random.nextInt(30) : random.nextInt(4); i >= 0; i--) {
            EventType type = types.get(random.nextInt(types.size()));
            boolean once = !type.equals(Plan.FORGETFUL);
            events.add(event(type, new Sent.Way(type.stream(), once, null)));
            if (once && random.nextInt(12) == 0) {
                events.add(events.getLast());
            }
        }
        return events;
    }

    Sent event(EventType type, Sent.Way way) {
        return event(type, way, "");
    }

    /// One that refers to a payload.
    Sent event(EventType type, PayloadId payload) {
        return event(
                type,
                new Sent.Way(type.stream(), !type.equals(Plan.FORGETFUL), null),
                ",\"dataref\":\"https://broker.sim" + PayloadId.PATH + payload + "\"");
    }

    private Sent event(EventType type, Sent.Way way, String attributes) {
        String id = source + "-" + written++;
        String key = random.nextInt(4) == 0 ? null : "k" + random.nextInt(KEYS);
        int size = random.nextInt(10) == 0 ? random.nextInt(1_500) : random.nextInt(60);
        return new Sent(id, type, new Sent.Text(key, json(id, type, keyed(key) + attributes, size)), way);
    }

    private static String keyed(@Nullable String key) {
        return key == null ? "" : ",\"partitionkey\":\"" + key + "\"";
    }

    private Bytes json(String id, EventType type, String attributes, int size) {
        return Bytes.utf8("{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/%s\",\"type\":\"%s\"%s,\"data\":\"%s\"}"
                .formatted(id, source, type, attributes, "x".repeat(size)));
    }

    static Submission submission(SentBatch batch) {
        return submission(batch.events());
    }

    static Submission submission(List<Sent> events) {
        List<String> texts = events.stream().map(event -> event.json().toUtf8()).toList();
        Bytes body = Bytes.utf8("[" + String.join(",", texts) + "]");
        return switch (WIRE.batch(body, Instant.MAX)) {
            case Decoded.Parsed(Submission submission) -> submission;
            case Decoded.Refused(var refusal) -> throw new IllegalStateException(refusal.toString());
        };
    }

    /// What a consumer reports who has changed the event, or not.
    static ReportedEvent report(long offset, Sent event, boolean changed) {
        Bytes json = changed ? event.changed() : event.json();
        return new ReportedEvent(offset, "/", event.id(), event.type().value(), json);
    }
}
