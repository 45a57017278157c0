package dev.tidings.bench.chart;

import java.util.List;

/// A line through points, from left to right.
public record Line(String name, List<Point> points) {
    public record Point(double x, double y) {}
}
