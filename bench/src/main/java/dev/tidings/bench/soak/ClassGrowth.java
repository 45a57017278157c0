package dev.tidings.bench.soak;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which classes take more of the heap than before, by two class histograms of the JDK: the name of a leak.
final class ClassGrowth {
    private static final Pattern ROW = Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)", Pattern.MULTILINE);
    private static final int TOLD = 12;

    private ClassGrowth() {}

    private record Row(String name, long instances, long bytes) {}

    static String table(String before, String after) {
        Map<String, Row> first = rows(before);
        List<Row> grown = rows(after).values().stream()
                .map(row -> {
                    Row old = first.getOrDefault(row.name, new Row(row.name, 0, 0));
                    return new Row(row.name, row.instances - old.instances, row.bytes - old.bytes);
                })
                .filter(row -> row.bytes > 0)
                .sorted(Comparator.comparingLong(Row::bytes).reversed())
                .limit(TOLD)
                .toList();
        StringBuilder table = new StringBuilder("""
                | class whose live instances grew most after the warm-up | instances | KiB |
                | --- | ---: | ---: |
                """);
        for (Row row : grown) {
            table.append("| `%s` | %+,d | %+,d |%n".formatted(row.name, row.instances, row.bytes / 1024));
        }
        return table.toString();
    }

    private static Map<String, Row> rows(String histogram) {
        Map<String, Row> rows = new HashMap<>();
        Matcher matcher = ROW.matcher(histogram);
        while (matcher.find()) {
            rows.put(
                    matcher.group(3),
                    new Row(matcher.group(3), Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
        }
        return rows;
    }
}
