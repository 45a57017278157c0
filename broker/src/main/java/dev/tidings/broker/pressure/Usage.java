package dev.tidings.broker.pressure;

/// Counts what is delivered: since the start, and in the last second.
final class Usage {
    private static final long SECOND = 1_000_000_000L;

    private long delivered;
    private long second;
    private int current;
    private int last;

    void delivered(long now) {
        roll(now);
        delivered++;
        current++;
    }

    /// The last one did not happen.
    void undone() {
        delivered--;
        current = Math.max(0, current - 1);
    }

    long delivered() {
        return delivered;
    }

    /// In the last full second.
    int lastSecond(long now) {
        roll(now);
        return last;
    }

    private void roll(long now) {
        long passed = Math.floorDiv(now, SECOND) - second;
        if (passed != 0) {
            last = passed == 1 ? current : 0;
            current = 0;
            second += passed;
        }
    }
}
