package dev.tidings.bench;

import java.nio.charset.StandardCharsets;

/// Makes events of a given size, each with an id of its own and the time at which it was meant to be sent.
public final class Events {
    static final int TYPES = 50;
    static final String TYPE_PREFIX = "Bench.Load.Thing";
    static final String SENT = "\"sent\":\"";

    private final int size;
    private final boolean withSchema;
    private final String run;
    private final String filler;
    private long next;

    /// @param run tells the ids of one run from those of another
    public Events(int size, boolean withSchema, String run) {
        this.size = size;
        this.withSchema = withSchema;
        this.run = run;
        this.filler = "x".repeat(size);
    }

    public byte[] one(long sentNanos) {
        return event(sentNanos).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] batch(int count, long sentNanos) {
        StringBuilder batch = new StringBuilder(count * (size + 1) + 2).append('[');
        for (int i = 0; i < count; i++) {
            batch.append(i == 0 ? "" : ",").append(event(sentNanos));
        }
        return batch.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    static String type(int number, boolean withSchema) {
        return TYPE_PREFIX + (withSchema ? "Checked" : "") + number + ".Changed";
    }

    private String event(long sentNanos) {
        long number = next++;
        String head = "{\"sent\":\"%d\",\"specversion\":\"1.0\",\"id\":\"%s-%d\",\"source\":\"https://bench.example\","
                        .formatted(sentNanos, run, number)
                + "\"type\":\"" + type((int) (number % TYPES), withSchema) + "\",\"partitionkey\":\"k" + number % 1000
                + "\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":{\"number\":" + number
                + ",\"name\":\"a thing\",\"tags\":[\"a\",\"b\"],\"filler\":\"";
        return head + filler.substring(0, Math.max(0, size - head.length() - 3)) + "\"}}";
    }
}
