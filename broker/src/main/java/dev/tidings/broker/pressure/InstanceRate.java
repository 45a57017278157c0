package dev.tidings.broker.pressure;

import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.broker.dispatch.RateLimit;
import dev.tidings.broker.loop.Loop;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The rate that one instance asked for. Belongs to its loop.
public final class InstanceRate implements RateLimit {
    private final Pace pace;
    private final LongSupplier nanos;
    private final Loop loop;
    private final Runnable permitted;
    private boolean permits = true;

    private InstanceRate(Pace pace, LongSupplier nanos, Loop loop, Runnable permitted) {
        this.pace = pace;
        this.nanos = nanos;
        this.loop = loop;
        this.permitted = permitted;
    }

    /// Gives this instance no more than `rate` events in a second from now on.
    ///
    /// @param turn hands out what can be handed out
    public static void limit(Ledger ledger, int rate, Clock clock, Runnable turn) {
        Pace pace = new Pace(rate, clock.nanos.getAsLong());
        ledger.limit(new InstanceRate(pace, clock.nanos, clock.loop, () -> {
            ledger.permitted();
            turn.run();
        }));
    }

    /// @param nanos only goes forward
    public record Clock(LongSupplier nanos, Loop loop) {}

    @Override
    public boolean permits() {
        return permits;
    }

    @Override
    public void given() {
        pace.take(nanos.getAsLong());
        look();
    }

    @Override
    public void undone() {
        pace.giveBack();
    }

    private void look() {
        long wait = pace.waits(nanos.getAsLong());
        if (wait > 0 && permits) {
            permits = false;
            var _ = loop.after(Duration.ofNanos(wait), this::permit);
        }
    }

    private void permit() {
        permits = true;
        look();
        if (permits) {
            permitted.run();
        }
    }
}
