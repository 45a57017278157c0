package dev.tidings.bench.soak;

import java.time.Duration;

/// What follows from the length of a soak.
///
/// @param seconds the length
record Course(double seconds) {
    private static final int SAMPLES = 120;

    /// Long enough for retention to have removed events several times, and the JVM to have compiled what it will.
    double warmup() {
        return seconds / 4;
    }

    double interval() {
        return Math.clamp(seconds / SAMPLES, Math.min(5, seconds / 6), 30);
    }

    int samples() {
        return (int) (seconds / interval());
    }

    /// With which samples the heap is collected: about once a minute, so that the collections of a server that is left
    /// alone stay to be seen.
    int heapEach() {
        return (int) Math.max(1, Math.min(60, seconds / 30) / interval());
    }

    Duration retention() {
        return Duration.ofSeconds((long) Math.clamp(seconds / 20, 15, 120));
    }

    /// A small ring and small segments, so that files come and go all the time. They are sealed by size: by
    /// age, a segment of the dead lane, which is kept for 30 days, would be added each few seconds.
    String configuration() {
        long kept = retention().toSeconds();
        return """
                server:
                  polling: { timeout: 5s, longest: 10s, expiry: 20s }
                store:
                  ring: { files: 4, file-size: 16MiB }
                  stage: { segment-size: 4MiB, segment-age: 10m }
                  sweep-interval: %ds
                """.formatted(Math.max(1, kept / 6));
    }
}
