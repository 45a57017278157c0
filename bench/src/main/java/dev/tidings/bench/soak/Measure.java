package dev.tidings.bench.soak;

import java.util.Locale;

/// What is to stay flat.
enum Measure {
    LIVE_HEAP("heap after a full collection", "MiB", 0.10, 8),
    OFF_HEAP("memory outside the heap, as the JVM counts it", "MiB", 0.05, 8),
    RESIDENT("resident memory", "MiB", 0.05, 16),
    THREADS("threads", "", 0.05, 3),
    DESCRIPTORS("descriptors", "", 0.10, 10),
    FILES("files of the store", "", 0.10, 10),
    DISK("disk used", "MiB", 0.10, 32),
    CPU("CPU per published event", "µs", 0.15, 1),
    PUBLISH_P99("publish latency p99", "ms", 0.50, 5),
    LAG("events that groups have before them", "", 0.50, 10_000),
    DEAD("dead events that nobody has settled", "", 0.50, 100);

    private final String text;
    private final String unit;
    private final double share;
    private final double least;

    Measure(String text, String unit, double share, double least) {
        this.text = text;
        this.unit = unit;
        this.share = share;
        this.least = least;
    }

    String text() {
        return text;
    }

    String unit() {
        return unit;
    }

    Tolerance tolerance() {
        return new Tolerance(share, least);
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How much may be added within the measured time before it counts as growth: the greater of the two.
    ///
    /// @param share of the mean
    /// @param least in the measure's unit
    record Tolerance(double share, double least) {
        double of(double mean) {
            return Math.max(least, share * Math.abs(mean));
        }
    }
}
