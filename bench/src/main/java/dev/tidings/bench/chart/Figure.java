package dev.tidings.bench.chart;

import java.util.List;
import java.util.Locale;

/// Panels below each other, under a title.
public record Figure(String title, List<Panel> panels) {
    private static final int WIDTH = 640;
    private static final int LEFT = 64;
    private static final int RIGHT = 26;
    private static final int HEAD = 30;
    private static final int PLOT = 170;
    private static final int ABOVE = 34;
    private static final int BELOW = 44;
    private static final int EACH = ABOVE + PLOT + BELOW;
    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-size: 15px; font-weight: 600 }
            .sheet { fill: #fff } .grid { stroke: #ddd } .axis { stroke: #888 }
            polyline { fill: none; stroke-width: 2 }
            .l0 { stroke: #0b66c3; color: #0b66c3 } .l1 { stroke: #c2410c; color: #c2410c }
            .l2 { stroke: #15803d; color: #15803d } .l3 { stroke: #7e22ce; color: #7e22ce }
            circle { fill: currentColor; stroke: none }
            @media (prefers-color-scheme: dark) {
            text { fill: #ddd } .sheet { fill: #161b22 } .grid { stroke: #30363d } .axis { stroke: #8b949e }
            .l0 { stroke: #58a6ff; color: #58a6ff } .l1 { stroke: #ff9c5a; color: #ff9c5a }
            .l2 { stroke: #56d364; color: #56d364 } .l3 { stroke: #d2a8ff; color: #d2a8ff } }
            </style>
            """;

    /// The whole document.
    public String svg() {
        int height = HEAD + panels.size() * EACH;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
                        .formatted(WIDTH, height, WIDTH, height));
        svg.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
        svg.append("<rect class=\"sheet\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, height));
        text(svg, new Place(LEFT, 22, "start"), "title", title);
        for (int i = 0; i < panels.size(); i++) {
            draw(svg, panels.get(i), HEAD + i * EACH + ABOVE);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Panel panel, int top) {
        List<Line.Point> points =
                panel.lines().stream().flatMap(line -> line.points().stream()).toList();
        Ruler x =
                Ruler.over(panel.x().scale(), points.stream().map(Line.Point::x).toList());
        Ruler y =
                Ruler.fromZero(points.stream().mapToDouble(Line.Point::y).max().orElse(1));
        for (double mark : y.marks()) {
            double at = top + PLOT - y.at(mark) * PLOT;
            line(svg, mark == 0 ? "axis" : "grid", new double[] {LEFT, at, WIDTH - RIGHT, at});
            text(svg, new Place(LEFT - 6, at + 4, "end"), "mark", Ruler.text(mark));
        }
        for (double mark : x.marks()) {
            double at = across(x, mark);
            line(svg, "axis", new double[] {at, top + PLOT, at, top + PLOT + 4});
            boolean zero = panel.x().scale() == Panel.Scale.LOGARITHMIC
                    && mark <= x.zero() * 1.0001
                    && points.stream().anyMatch(point -> point.x() == 0);
            text(svg, new Place(at, top + PLOT + 17, "middle"), "mark", zero ? "0" : Ruler.text(mark));
        }
        text(
                svg,
                new Place(LEFT + plotWidth() / 2.0, top + PLOT + 35, "middle"),
                "label",
                panel.x().label());
        text(svg, new Place(8, top - 12, "start"), "label", panel.yLabel());
        for (int i = 0; i < panel.lines().size(); i++) {
            plot(svg, panel.lines().get(i), new Axes(x, y, top, i));
        }
        legend(svg, panel.lines(), top);
    }

    private static void plot(StringBuilder svg, Line line, Axes axes) {
        svg.append("<g class=\"l").append(axes.number % 4).append("\"><polyline points=\"");
        StringBuilder dots = new StringBuilder();
        for (Line.Point point : line.points()) {
            double x = across(axes.x, point.x());
            double y = axes.top + PLOT - axes.y.at(point.y()) * PLOT;
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            if (line.points().size() <= 20) {
                dots.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s: %s</title></circle>",
                        x,
                        y,
                        Ruler.text(point.x()),
                        String.format(Locale.ROOT, "%.2f", point.y())));
            }
        }
        svg.append("\"/>").append(dots).append("</g>\n");
    }

    private static void legend(StringBuilder svg, List<Line> lines, int top) {
        double right = WIDTH - RIGHT;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String name = lines.get(i).name();
            text(svg, new Place(right, top - 12, "end"), "label", name);
            right -= name.length() * 6.4 + 8;
            svg.append("<g class=\"l").append(i % 4).append("\">");
            line(svg, "l" + i % 4, new double[] {right - 18, top - 16, right, top - 16});
            svg.append("</g>\n");
            right -= 30;
        }
    }

    private static double across(Ruler x, double value) {
        return LEFT + x.at(value) * plotWidth();
    }

    private static int plotWidth() {
        return WIDTH - LEFT - RIGHT;
    }

    private static void line(StringBuilder svg, String style, double[] ends) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                ends[0],
                ends[1],
                ends[2],
                ends[3]));
    }

    private static void text(StringBuilder svg, Place place, String style, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style,
                place.x,
                place.y,
                place.anchor,
                escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private record Place(double x, double y, String anchor) {}

    private record Axes(Ruler x, Ruler y, int top, int number) {}
}
