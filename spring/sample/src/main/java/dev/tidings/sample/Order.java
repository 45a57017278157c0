package dev.tidings.sample;

import java.math.BigDecimal;

/// What the events of an order carry.
///
/// @param order its number
public record Order(long order, BigDecimal total) {}
