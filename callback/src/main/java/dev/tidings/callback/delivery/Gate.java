package dev.tidings.callback.delivery;

import dev.tidings.broker.subscriptions.DeliveryStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Decides when a request to a sink may begin: its breaker is closed, its rate is kept, and no more are under way than
/// it bears. Pure; times are nanoseconds of a clock that only goes forward.
final class Gate {
    /// Nobody can say: an answer has to come first.
    static final long UNKNOWN = -1;

    private final Breaker breaker;
    private final SlowStart start;
    private final Pace pace = new Pace();

    Gate(Breaker.Limits limits, int mostAtOnce) {
        breaker = new Breaker(limits);
        start = new SlowStart(mostAtOnce);
    }

    /// The most requests a minute from now on; null: any.
    void limit(@Nullable Long perMinute) {
        pace.limit(perMinute);
    }

    /// How many nanoseconds later a request may begin; zero: now; [#UNKNOWN].
    long delay(long now, int underWay) {
        long paced = Math.max(0, pace.delay(now));
        return switch (breaker.state(now)) {
            case PROBING -> UNKNOWN;
            case OPEN -> Math.max(paced, breaker.until() - now);
            case HALF_OPEN -> paced;
            case CLOSED -> underWay >= start.allowed() ? UNKNOWN : paced;
        };
    }

    /// A request begins; it may.
    void begin(long now) {
        breaker.begin(now);
        pace.begin(now);
    }

    void succeeded() {
        if (breaker.succeeded()) {
            start.succeeded();
        }
    }

    void failed(long now) {
        breaker.failed(now);
        noteOutage(now);
    }

    /// Nothing is to be sent for now, though nothing may have failed.
    void tripped(long now) {
        breaker.tripped(now);
        noteOutage(now);
    }

    void rest(long now, Duration pause) {
        breaker.rest(now, pause);
        noteOutage(now);
    }

    boolean isShut(long now) {
        return breaker.state(now) != Breaker.State.CLOSED;
    }

    DeliveryStatus.Breaker status(long now) {
        return switch (breaker.state(now)) {
            case CLOSED -> DeliveryStatus.Breaker.CLOSED;
            case OPEN -> DeliveryStatus.Breaker.OPEN;
            case HALF_OPEN, PROBING -> DeliveryStatus.Breaker.HALF_OPEN;
        };
    }

    private void noteOutage(long now) {
        if (isShut(now)) {
            start.outage();
        }
    }
}
