package dev.tidings.bench.curves;

import java.util.EnumMap;
import java.util.Map;

/// What was measured at one point of a curve.
///
/// @param x how many of what the curve varies
record Reading(long x, Map<Quantity, Double> values) {
    /// What can be measured at a point.
    enum Quantity {
        PUBLISH("publishing", "µs/event"),
        CONSUME("publishing and consuming", "µs/event"),
        CATCH_UP("catching up from the oldest", "µs/event"),
        RESIDENT("resident", "MiB"),
        LIVE_HEAP("heap after a collection", "MiB");

        private final String text;
        private final String unit;

        Quantity(String text, String unit) {
            this.text = text;
            this.unit = unit;
        }

        String text() {
            return text;
        }

        String unit() {
            return unit;
        }

        boolean cost() {
            return unit.equals("µs/event");
        }
    }

    static Reading at(long x) {
        return new Reading(x, new EnumMap<>(Quantity.class));
    }

    Reading with(Quantity quantity, double value) {
        values.put(quantity, value);
        return this;
    }
}
