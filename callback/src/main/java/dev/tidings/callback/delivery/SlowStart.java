package dev.tidings.callback.delivery;

/// How many requests may be under way at once: after an outage one, and with each that succeeds one more. A sink that
/// has just come back is not met by all that has piled up. Pure.
final class SlowStart {
    private final int most;
    private int allowed;

    SlowStart(int most) {
        this.most = most;
        this.allowed = most;
    }

    int allowed() {
        return allowed;
    }

    void succeeded() {
        allowed = Math.min(most, allowed + 1);
    }

    /// The sink was away, or wanted to be left alone.
    void outage() {
        allowed = 1;
    }
}
