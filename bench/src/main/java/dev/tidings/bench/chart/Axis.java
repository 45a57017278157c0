package dev.tidings.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One direction of a chart: which values it shows, and where.
///
/// @param logarithmic whether each step is ten times the last; then `low` is above 0
record Axis(double low, double high, boolean logarithmic) {
    /// From 0 to a little more than the largest value.
    static Axis fromZero(double largest) {
        double step = step(largest <= 0 ? 1 : largest);
        return new Axis(0, Math.max(step, Math.ceil((largest <= 0 ? 1 : largest) * 1.02 / step) * step), false);
    }

    static Axis over(double low, double high, boolean logarithmic) {
        return new Axis(low, high <= low ? low + 1 : high, logarithmic);
    }

    /// Where a value is, from 0 to 1.
    double at(double value) {
        return logarithmic
                ? (Math.log10(Math.max(low, value)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double tick = Math.pow(10, Math.ceil(Math.log10(low))); tick <= high * 1.0001; tick *= 10) {
                ticks.add(tick);
            }
        } else {
            double step = step(high - low);
            for (double tick = Math.ceil(low / step) * step; tick <= high + step / 1000; tick += step) {
                ticks.add(tick);
            }
        }
        return ticks;
    }

    /// About four to eight steps of 1, 2 or 5 times a power of ten.
    private static double step(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
        double rest = span / 4 / power;
        return power * (rest >= 5 ? 5 : rest >= 2 ? 2 : 1);
    }

    static String label(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return trimmed(value / 1e6) + " M";
        }
        return size >= 1e4 ? trimmed(value / 1e3) + " k" : trimmed(value);
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
