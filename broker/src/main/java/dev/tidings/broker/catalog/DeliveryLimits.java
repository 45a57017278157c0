package dev.tidings.broker.catalog;

import org.jspecify.annotations.Nullable;

/// How fast the events of a type may be delivered, to all groups of all clients together.
///
/// @param rate        deliveries in a second; null: any number
/// @param concurrency deliveries that are unconfirmed at once; null: any number
public record DeliveryLimits(
        @Nullable Integer rate, @Nullable Integer concurrency) {
    public static final DeliveryLimits NONE = new DeliveryLimits(null, null);
    public static final int MOST = 1_000_000;

    public boolean isNone() {
        return rate == null && concurrency == null;
    }
}
