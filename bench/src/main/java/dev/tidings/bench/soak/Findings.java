package dev.tidings.bench.soak;

import dev.tidings.bench.chart.Figure;
import dev.tidings.bench.chart.Line;
import dev.tidings.bench.chart.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a soak found: whether each measure stayed flat after the warm-up, and whether a promise was broken.
final class Findings {
    private static final String RULE = """
            **The rule.** A line is laid through the samples after the warm-up (least squares). A measure is not flat where its
            line rises within the measured time by more than the tolerance given, and by more than three times the standard error of
            that rise (corrected for the likeness of neighbouring samples). What falls is flat.
            """;

    private final List<Sample> samples;
    private final double warmup;
    private final Map<Measure, Trend> trends = new EnumMap<>(Measure.class);

    /// @param warmup seconds that don't count
    Findings(List<Sample> samples, double warmup) {
        this.samples = samples;
        this.warmup = warmup;
        for (Measure measure : Measure.values()) {
            trends.put(measure, Trend.of(points(measure, warmup)));
        }
    }

    List<Measure> notFlat() {
        List<Measure> rising = new ArrayList<>();
        trends.forEach((measure, trend) -> {
            if (!trend.flat(measure.tolerance())) {
                rising.add(measure);
            }
        });
        return rising;
    }

    String table() {
        StringBuilder table = new StringBuilder("""
                | measure | mean | slope an hour | of the mean | rise in the measured time | tolerance | verdict |
                | --- | ---: | ---: | ---: | ---: | ---: | --- |
                """);
        trends.forEach((measure, trend) -> table.append(String.format(
                Locale.ROOT,
                "| %s%s | %,.1f | %+,.2f | %+.1f %% | %+,.2f ± %,.2f | %,.1f | %s |%n",
                measure.text(),
                measure.unit().isEmpty() ? "" : ", " + measure.unit(),
                trend.mean(),
                trend.slope(),
                trend.relativeSlope() * 100,
                trend.rise(),
                3 * trend.error(),
                measure.tolerance().of(trend.mean()),
                trend.flat(measure.tolerance()) ? "flat" : "**not flat**")));
        return table.toString();
    }

    /// Writes `samples.csv`, a chart of each measure, and `report.md`.
    ///
    /// @param conditions what a reader must know of the run
    /// @param afterwards what else there is to tell
    void write(Path directory, String conditions, String afterwards) throws IOException {
        StringBuilder csv = new StringBuilder("seconds");
        for (Measure measure : Measure.values()) {
            csv.append(',').append(measure.column());
        }
        for (Sample sample : samples) {
            csv.append(String.format(Locale.ROOT, "%n%.1f", sample.seconds()));
            for (Measure measure : Measure.values()) {
                Double value = sample.values().get(measure);
                csv.append(',').append(value == null ? "" : String.format(Locale.ROOT, "%.3f", value));
            }
        }
        Files.writeString(directory.resolve("samples.csv"), csv.append('\n'));
        StringBuilder report =
                new StringBuilder("# Soak\n\n").append(conditions).append('\n');
        report.append(table())
                .append('\n')
                .append(RULE)
                .append('\n')
                .append(afterwards)
                .append('\n');
        for (Measure measure : Measure.values()) {
            String name = measure.column() + ".svg";
            Files.writeString(directory.resolve(name), figure(measure).svg());
            report.append("![%s](%s)%n".formatted(measure.text(), name));
        }
        Files.writeString(directory.resolve("report.md"), report);
    }

    private Figure figure(Measure measure) {
        List<Line.Point> raw = minutes(points(measure, 0));
        Trend trend = trends.getOrDefault(measure, Trend.of(List.of()));
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("samples", raw));
        List<Trend.At> counted = points(measure, warmup);
        if (counted.size() > 2) {
            double middle =
                    counted.stream().mapToDouble(Trend.At::seconds).average().orElse(0);
            lines.add(new Line(
                    "line after the warm-up",
                    List.of(
                            on(trend, middle, counted.getFirst().seconds()),
                            on(trend, middle, counted.getLast().seconds()))));
        }
        Panel.Axis minutes = new Panel.Axis("minutes", Panel.Scale.LINEAR);
        return new Figure(measure.text(), List.of(new Panel(minutes, measure.unit(), lines)));
    }

    private static Line.Point on(Trend trend, double middle, double seconds) {
        return new Line.Point(seconds / 60, Math.max(0, trend.mean() + trend.slope() * (seconds - middle) / 3600));
    }

    private static List<Line.Point> minutes(List<Trend.At> samples) {
        return samples.stream()
                .map(at -> new Line.Point(at.seconds() / 60, at.value()))
                .toList();
    }

    private List<Trend.At> points(Measure measure, double from) {
        List<Trend.At> points = new ArrayList<>();
        for (Sample sample : samples) {
            Double value = sample.values().get(measure);
            if (value != null && sample.seconds() >= from) {
                points.add(new Trend.At(sample.seconds(), value));
            }
        }
        return points;
    }
}
