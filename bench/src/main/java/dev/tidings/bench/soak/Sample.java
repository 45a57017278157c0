package dev.tidings.bench.soak;

import java.util.Map;

/// What was read at one moment; not every measure is read each time.
///
/// @param seconds since the load began
record Sample(double seconds, Map<Measure, Double> values) {}
