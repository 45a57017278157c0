package dev.tidings.bench.curves;

import dev.tidings.bench.chart.Figure;
import dev.tidings.bench.chart.Line;
import dev.tidings.bench.chart.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One curve on paper.
record Sheet(Curve curve, List<Reading> readings) {
    /// Writes `NAME.svg` and `NAME.csv`.
    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve(name() + ".svg"), figure().svg());
        StringBuilder csv = new StringBuilder(name());
        quantities().forEach(quantity -> csv.append(",\"%s %s\"".formatted(quantity.text(), quantity.unit())));
        for (Reading reading : readings) {
            csv.append('\n').append(reading.x());
            quantities().forEach(quantity -> csv.append(',').append(cell(reading, quantity)));
        }
        Files.writeString(directory.resolve(name() + ".csv"), csv.append('\n'));
    }

    /// As a Markdown table, with a heading.
    String table() {
        StringBuilder table = new StringBuilder(
                "### By %s%n%s.%n%n| %s |".formatted(curve.varies(), curve.conditions(), curve.varies()));
        quantities().forEach(quantity -> table.append(" %s, %s |".formatted(quantity.text(), quantity.unit())));
        table.append("\n| ---: |").append(" ---: |".repeat(quantities().size()));
        for (Reading reading : readings) {
            table.append(String.format(Locale.ROOT, "%n| %,d |", reading.x()));
            quantities()
                    .forEach(quantity ->
                            table.append(' ').append(cell(reading, quantity)).append(" |"));
        }
        return table.append('\n').toString();
    }

    private String name() {
        return curve.name().toLowerCase(Locale.ROOT);
    }

    private Figure figure() {
        Panel.Axis x = new Panel.Axis(curve.varies(), Panel.Scale.LOGARITHMIC);
        List<Panel> panels = new ArrayList<>();
        for (boolean cost : new boolean[] {true, false}) {
            List<Line> lines = quantities().stream()
                    .filter(quantity -> quantity.cost() == cost)
                    .map(this::line)
                    .toList();
            if (!lines.isEmpty()) {
                panels.add(new Panel(x, cost ? "server CPU, µs/event" : "memory, MiB", lines));
            }
        }
        return new Figure("By " + curve.varies(), panels);
    }

    private Line line(Reading.Quantity quantity) {
        return new Line(
                quantity.text(),
                readings.stream()
                        .filter(reading -> reading.values().containsKey(quantity))
                        .map(reading ->
                                new Line.Point(reading.x(), reading.values().getOrDefault(quantity, 0.0)))
                        .toList());
    }

    private List<Reading.Quantity> quantities() {
        return Arrays.stream(Reading.Quantity.values())
                .filter(quantity ->
                        readings.stream().anyMatch(reading -> reading.values().containsKey(quantity)))
                .toList();
    }

    private static String cell(Reading reading, Reading.Quantity quantity) {
        Double value = reading.values().get(quantity);
        return value == null ? "" : String.format(Locale.ROOT, quantity.cost() ? "%.2f" : "%.0f", value);
    }
}
