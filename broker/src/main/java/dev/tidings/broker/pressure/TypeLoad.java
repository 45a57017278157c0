package dev.tidings.broker.pressure;

import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.model.EventType;

/// How a type with limits is delivered.
///
/// @param rate      deliveries in the last full second
/// @param held      deliveries that are unconfirmed
/// @param waiting   events that were read, and wait for these limits
/// @param delivered deliveries since the limits were stated
public record TypeLoad(EventType type, DeliveryLimits limits, int rate, int held, int waiting, long delivered) {}
