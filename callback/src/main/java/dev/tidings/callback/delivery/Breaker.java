package dev.tidings.callback.delivery;

import java.time.Duration;

/// A circuit breaker: whether a sink is called at all. Pure; times are nanoseconds of a clock that only goes forward.
///
/// Closed, it lets everything through. After some failures with no success in between it opens: nothing goes out for
/// a while. Then it is half open: one request goes out and finds out. If that fails, it opens for longer.
public final class Breaker {
    private final Limits limits;
    private int failures;
    private int openings;
    private State state = State.CLOSED;
    private long until;

    /// @param failures how many in a row open it
    /// @param first    how long it stays open at first; doubled each time
    /// @param longest  the longest that it stays open by itself
    public record Limits(int failures, Duration first, Duration longest) {}

    public enum State {
        CLOSED,
        OPEN,
        /// The next request finds out whether the sink is well again.
        HALF_OPEN,
        /// That request is under way.
        PROBING
    }

    public Breaker(Limits limits) {
        this.limits = limits;
    }

    /// How it is at this time.
    public State state(long now) {
        return state == State.OPEN && now - until >= 0 ? State.HALF_OPEN : state;
    }

    /// Whether a request may begin now. If so and it was half open, that request is the probe.
    public boolean begin(long now) {
        return switch (state(now)) {
            case CLOSED -> true;
            case HALF_OPEN -> {
                state = State.PROBING;
                yield true;
            }
            case OPEN, PROBING -> false;
        };
    }

    /// When it is half open, at the earliest; of use while it is open only.
    public long until() {
        return until;
    }

    /// A request succeeded. One that began before it opened does not close it: then it is false.
    public boolean succeeded() {
        if (state == State.OPEN) {
            return false;
        }
        failures = 0;
        openings = 0;
        state = State.CLOSED;
        return true;
    }

    /// A request failed. Those that began before it opened do not prolong that.
    public void failed(long now) {
        failures++;
        if (state == State.PROBING || state == State.CLOSED && failures >= limits.failures) {
            open(now, pause());
            openings++;
        }
    }

    /// A request failed in a way that makes it pointless to send others now.
    public void tripped(long now) {
        failures++;
        if (state != State.OPEN) {
            open(now, pause());
            openings++;
        }
    }

    /// The sink asks to be left alone for so long.
    public void rest(long now, Duration pause) {
        long asked = now + pause.toNanos();
        if (state != State.OPEN || asked - until > 0) {
            open(now, pause);
        }
    }

    /// A request ended without saying anything of the sink.
    public void abandoned(long now) {
        if (state == State.PROBING) {
            open(now, Duration.ZERO);
        }
    }

    private void open(long now, Duration pause) {
        state = State.OPEN;
        until = now + pause.toNanos();
    }

    private Duration pause() {
        Duration pause = limits.first;
        for (int i = 0; i < openings && pause.compareTo(limits.longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(limits.longest) < 0 ? pause : limits.longest;
    }
}
