package dev.tidings.broker.pressure;

import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Makes throttles that go by a clock turned by hand.
final class Throttling {
    private Throttling() {}

    static TypeThrottle of(EventType type, DeliveryLimits limits, InstantSource clock) {
        return new TypeThrottle(type, limits, new TypeThrottle.Clocks(clock, nanos(clock)), SlowStart.Rules.DEFAULT);
    }

    static LongSupplier nanos(InstantSource clock) {
        return () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }
}
