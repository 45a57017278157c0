package dev.tidings.bench.soak;

import dev.tidings.bench.chart.LineChart;
import dev.tidings.bench.chart.LineChart.Line;
import dev.tidings.bench.chart.LineChart.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Tells what came of a soak.
final class SoakReport {
    private SoakReport() {}

    /// What was run.
    ///
    /// @param rate    events a second
    /// @param arrived whether all that was accepted was received
    record Run(double rate, String heap, boolean arrived) {}

    /// Writes the report, its charts and the samples; returns whether all is well.
    static boolean write(Path out, Samples samples, Run run) throws IOException {
        List<String> lines = new ArrayList<>();
        double hours = Trend.of(samples.of(Figure.RATE)).hours();
        lines.add(
                "%.2f hours at %,.0f events a second (a fifth of them single, the rest in batches of 100, with a schema), heap %s. "
                                .formatted(hours, run.rate, run.heap)
                        + (run.arrived ? "All that was accepted arrived." : "**Not all that was accepted arrived.**"));
        lines.add("");
        lines.add("| | mean | slope an hour | grown by | |");
        lines.add("| --- | ---: | ---: | ---: | --- |");
        boolean flat = true;
        for (Figure figure : Figure.values()) {
            Trend trend = samples.trend(figure);
            flat &= trend.flat() || !figure.watched();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %,.1f | %+,.2f ± %,.2f | %+.1f %% | %s |",
                    figure.label(),
                    trend.mean(),
                    trend.slope(),
                    2 * trend.error(),
                    trend.growth() * 100,
                    figure.watched() ? trend.flat() ? "flat" : "**grows**" : ""));
        }
        lines.forEach(System.out::println);
        Files.write(out.resolve("soak.md"), lines);
        Files.writeString(out.resolve("soak.svg"), charts(samples));
        Files.write(out.resolve("samples.csv"), csv(samples));
        return flat && run.arrived;
    }

    private static String charts(Samples samples) {
        List<LineChart> charts = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            List<Point> points = samples.of(figure).stream()
                    .map(sample -> new Point(sample.hour() * 60, sample.value()))
                    .toList();
            charts.add(new LineChart(
                    figure.text(), "minutes", figure.label(), false, List.of(new Line(figure.text(), points))));
        }
        return LineChart.sheet(charts, 2);
    }

    private static List<String> csv(Samples samples) {
        List<String> lines = new ArrayList<>();
        lines.add("hour," + List.of(Figure.values()).stream().map(Figure::name).collect(Collectors.joining(",")));
        List<Trend.Sample> first = samples.of(Figure.RATE);
        for (int i = 0; i < first.size(); i++) {
            StringBuilder line = new StringBuilder(
                    String.format(Locale.ROOT, "%.4f", first.get(i).hour()));
            for (Figure figure : Figure.values()) {
                line.append(String.format(
                        Locale.ROOT, ",%.3f", samples.of(figure).get(i).value()));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
