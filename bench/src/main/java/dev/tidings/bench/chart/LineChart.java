package dev.tidings.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A chart of lines over one axis, drawn for light and dark pages alike.
///
/// @param x           what the horizontal axis shows, with its unit
/// @param y           what the vertical axis shows, with its unit; it begins at 0
/// @param logarithmic whether the horizontal axis is
public record LineChart(String title, String x, String y, boolean logarithmic, List<Line> lines) {
    private static final List<String> COLOURS = List.of("#2f7ed8", "#d9822b", "#3a9d5d", "#b3489b", "#8a6d3b");
    private static final int WIDTH = 520;
    private static final int HEIGHT = 260;
    private static final int LEFT = 62;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 46;

    public LineChart {
        lines = List.copyOf(lines);
    }

    /// One line.
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    public record Point(double x, double y) {}

    /// The chart as a document of its own.
    public String svg() {
        return document(WIDTH, HEIGHT, group(0, 0));
    }

    /// Charts beside and below each other, `columns` in a row, as one document.
    public static String sheet(List<LineChart> charts, int columns) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < charts.size(); i++) {
            all.append(charts.get(i).group(i % columns * WIDTH, i / columns * HEIGHT));
        }
        int rows = (charts.size() + columns - 1) / columns;
        return document(WIDTH * Math.min(columns, charts.size()), HEIGHT * rows, all.toString());
    }

    private static String document(int width, int height, String content) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
                font-family="system-ui, sans-serif" font-size="11">
                <style>text{fill:#555}.t{font-size:13px;font-weight:600}.g{stroke:#8883}.a{stroke:#888}\
                @media(prefers-color-scheme:dark){text{fill:#bbb}}</style>
                %s</svg>
                """.formatted(width, height, width, height, content);
    }

    private String group(int left, int top) {
        Axis across = across();
        Axis up = Axis.fromZero(largest());
        List<String> parts = new ArrayList<>();
        parts.add("<g transform=\"translate(%d,%d)\">".formatted(left, top));
        parts.add("<text class=\"t\" x=\"%d\" y=\"18\">%s</text>".formatted(LEFT, escaped(title)));
        for (double tick : up.ticks()) {
            double at = y(up, tick);
            parts.add(line("g", new Point(LEFT, at), new Point(WIDTH - RIGHT, at)));
            parts.add(text("end", LEFT - 6, at + 4, Axis.label(tick)));
        }
        for (double tick : across.ticks()) {
            double at = x(across, tick);
            parts.add(line("a", new Point(at, HEIGHT - BOTTOM), new Point(at, HEIGHT - BOTTOM + 4)));
            parts.add(text("middle", at, HEIGHT - BOTTOM + 17, Axis.label(tick)));
        }
        parts.add(line("a", new Point(LEFT, HEIGHT - BOTTOM), new Point(WIDTH - RIGHT, HEIGHT - BOTTOM)));
        parts.add(text("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, x));
        parts.add("<text transform=\"translate(13,%d) rotate(-90)\" text-anchor=\"middle\">%s</text>"
                .formatted((TOP + HEIGHT - BOTTOM) / 2, escaped(y)));
        for (int i = 0; i < lines.size(); i++) {
            parts.add(drawn(lines.get(i), COLOURS.get(i % COLOURS.size()), across, up));
        }
        parts.add(legend());
        parts.add("</g>\n");
        return String.join("\n", parts);
    }

    private static String drawn(Line line, String colour, Axis across, Axis up) {
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (Point point : line.points) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(number(x(across, point.x)))
                    .append(' ');
            path.append(number(y(up, point.y)));
            if (line.points.size() <= 20) {
                dots.append("<circle r=\"2.5\" fill=\"%s\" cx=\"%s\" cy=\"%s\"/>"
                        .formatted(colour, number(x(across, point.x)), number(y(up, point.y))));
            }
        }
        return "<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" d=\"%s\"/>%s".formatted(colour, path, dots);
    }

    private String legend() {
        if (lines.size() < 2) {
            return "";
        }
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            int at = TOP + 6 + i * 15;
            legend.append("<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"3\" fill=\"%s\"/>"
                    .formatted(LEFT + 10, at - 4, COLOURS.get(i % COLOURS.size())));
            legend.append(text("start", LEFT + 26, at, lines.get(i).name));
        }
        return legend.toString();
    }

    private Axis across() {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (Line line : lines) {
            for (Point point : line.points) {
                low = Math.min(low, logarithmic ? Math.max(1, point.x) : point.x);
                high = Math.max(high, point.x);
            }
        }
        return low > high ? Axis.over(0, 1, false) : Axis.over(low, high, logarithmic);
    }

    private double largest() {
        return lines.stream()
                .flatMap(line -> line.points.stream())
                .mapToDouble(Point::y)
                .max()
                .orElse(1);
    }

    private static double x(Axis axis, double value) {
        return LEFT + axis.at(value) * (WIDTH - RIGHT - LEFT);
    }

    private static double y(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.at(value) * (HEIGHT - BOTTOM - TOP);
    }

    private static String line(String style, Point from, Point to) {
        return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(style, number(from.x), number(from.y), number(to.x), number(to.y));
    }

    private static String text(String anchor, double x, double y, String text) {
        return "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
                .formatted(anchor, number(x), number(y), escaped(text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
