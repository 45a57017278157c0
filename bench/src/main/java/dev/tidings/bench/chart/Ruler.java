package dev.tidings.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where values stand along an axis, and which of them are written there.
///
/// @param zero where 0 stands on a logarithmic axis, as a value
record Ruler(Panel.Scale scale, double from, double to, double zero) {
    private static final int MARKS = 5;

    /// From 0 to a round number not below `most`.
    static Ruler fromZero(double most) {
        double step = roundStep(most <= 0 ? 1 : most / MARKS);
        return new Ruler(Panel.Scale.LINEAR, 0, step * Math.max(1, Math.ceil(most / step - 1e-9)), 0);
    }

    static Ruler over(Panel.Scale scale, List<Double> values) {
        double most = values.stream().mapToDouble(v -> v).max().orElse(1);
        if (scale == Panel.Scale.LINEAR) {
            return new Ruler(scale, values.stream().mapToDouble(v -> v).min().orElse(0), most, 0);
        }
        double least =
                values.stream().mapToDouble(v -> v).filter(v -> v > 0).min().orElse(1);
        boolean withZero = values.stream().anyMatch(v -> v == 0);
        double from = withZero ? least / 10 : least;
        return new Ruler(scale, from, Math.max(most, least * 10), from);
    }

    /// 0 at the beginning of the axis, 1 at its end.
    double at(double value) {
        if (scale == Panel.Scale.LINEAR) {
            return to == from ? 0 : (value - from) / (to - from);
        }
        double shown = value == 0 ? zero : value;
        return Math.log10(shown / from) / Math.log10(to / from);
    }

    List<Double> marks() {
        return scale == Panel.Scale.LINEAR ? evenMarks() : decades();
    }

    static String text(double value) {
        if (value >= 1e6 && value % 1e6 == 0) {
            return "%,.0fM".formatted(value / 1e6);
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "");
    }

    private List<Double> evenMarks() {
        double step = roundStep((to - from) / MARKS);
        List<Double> marks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            marks.add(i * step);
        }
        return marks;
    }

    private List<Double> decades() {
        List<Double> marks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.ceil(Math.log10(from) - 1e-9)); decade <= to * 1.0001; decade *= 10) {
            marks.add(decade);
        }
        return marks;
    }

    private static double roundStep(double step) {
        if (step <= 0) {
            return 1;
        }
        double decade = Math.pow(10, Math.floor(Math.log10(step)));
        double times = step / decade;
        return decade * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }
}
