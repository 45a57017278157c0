package dev.tidings.bench.soak;

import dev.tidings.bench.CpuClock;
import dev.tidings.bench.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the measures of a server.
final class Probe implements AutoCloseable {
    private static final double MEBIBYTE = 1 << 20;
    private static final Pattern LIVE = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);
    private static final Pattern ALL = Pattern.compile("^Total: .*committed=(\\d+)KB", Pattern.MULTILINE);
    private static final Pattern HEAP = Pattern.compile("Java Heap \\(.*committed=(\\d+)KB");

    private final ServerProcess server;
    private final Path data;
    private final CpuClock cpu;
    private final HttpClient http = HttpClient.newHttpClient();
    private String histogram = "";

    Probe(ServerProcess server, Path data) {
        this.server = server;
        this.data = data;
        this.cpu = new CpuClock(server.handle());
    }

    /// What is to be told of the time from the last lap to now. What a collection costs that is asked for belongs to no
    /// lap.
    ///
    /// @param withHeap whether to have the whole heap collected, to see what of it lives
    Map<Measure, Double> read(Producers producers, boolean withHeap) throws IOException, InterruptedException {
        Producers.Lap lap = producers.lap();
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        if (lap.events() > 0) {
            values.put(Measure.CPU, cpu.lapMicros() / lap.events());
            values.put(Measure.PUBLISH_P99, lap.latencyMicros().getValueAtPercentile(99) / 1000.0);
        }
        Path process = Path.of("/proc", Long.toString(server.handle().pid()));
        values.put(Measure.RESIDENT, (double) server.residentMebibytes());
        values.put(Measure.THREADS, (double) entries(process.resolve("task")));
        values.put(Measure.DESCRIPTORS, (double) entries(process.resolve("fd")));
        values.put(Measure.OFF_HEAP, offHeap());
        readStore(values);
        readMetrics(values);
        if (withHeap) {
            histogram = server.diagnose("GC.class_histogram");
            values.put(Measure.LIVE_HEAP, figure(LIVE, histogram) / MEBIBYTE);
        }
        producers.lap();
        cpu.lapMicros();
        return values;
    }

    /// What lived in the heap when it was last looked at, class by class.
    String histogram() {
        return histogram;
    }

    private double offHeap() throws IOException, InterruptedException {
        String memory = server.diagnose("VM.native_memory", "summary");
        return (figure(ALL, memory) - figure(HEAP, memory)) / 1024;
    }

    private void readStore(Map<Measure, Double> values) throws IOException {
        long files = 0;
        long bytes = 0;
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.toList()) {
                long size = sizeIfThere(file);
                files += size >= 0 ? 1 : 0;
                bytes += Math.max(0, size);
            }
        } catch (UncheckedIOException goneMeanwhile) {
            return;
        }
        values.put(Measure.FILES, (double) files);
        values.put(Measure.DISK, bytes / MEBIBYTE);
    }

    /// -1: it is no file, or retention has just removed it.
    private static long sizeIfThere(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException gone) {
            return -1;
        }
    }

    private void readMetrics(Map<Measure, Double> values) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(server.port())))
                .build();
        String metrics = http.send(request, BodyHandlers.ofString()).body();
        double lag = 0;
        double dead = 0;
        for (String line : metrics.lines().toList()) {
            if (line.startsWith("tidings_group_lag_events{") && !line.contains("group=\"guest")) {
                lag += value(line);
            } else if (line.startsWith("tidings_lane_unsettled_events{") && line.contains("lane=\"dead\"")) {
                dead += value(line);
            }
        }
        values.put(Measure.LAG, lag);
        values.put(Measure.DEAD, dead);
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static double figure(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in:\n" + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
