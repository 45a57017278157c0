package dev.tidings.bench.chart;

import java.util.List;

/// Lines over one pair of axes. The axis of `y` begins at 0.
public record Panel(Axis x, String yLabel, List<Line> lines) {
    /// The axis below.
    public record Axis(String label, Scale scale) {}

    /// How far apart values stand.
    public enum Scale {
        LINEAR,
        /// A decade takes the same room everywhere; 0 stands a decade before the smallest other value.
        LOGARITHMIC
    }
}
