package dev.tidings.bench.soak;

/// What is sampled. All but the last few must not grow.
enum Figure {
    HEAP("heap after collection", "MiB", true),
    DIRECT("direct buffers", "MiB", true),
    NON_HEAP("non-heap of the JVM", "MiB", true),
    RESIDENT("resident memory", "MiB", true),
    THREADS("threads", "", true),
    DESCRIPTORS("file descriptors", "", true),
    FILES("files of the store", "", true),
    DISK("disk of the store", "MiB", true),
    CPU("server CPU per event", "µs", true),
    LATENCY("p99 of single publishes", "ms", false),
    RATE("events accepted", "a second", false),
    LAG("lag of the slowest group", "events", true);

    private final String text;
    private final String unit;
    private final boolean watched;

    Figure(String text, String unit, boolean watched) {
        this.text = text;
        this.unit = unit;
        this.watched = watched;
    }

    String text() {
        return text;
    }

    String label() {
        return unit.isEmpty() ? text : text + ", " + unit;
    }

    /// Whether its growth is a fault.
    boolean watched() {
        return watched;
    }
}
