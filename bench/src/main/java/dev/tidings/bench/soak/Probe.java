package dev.tidings.bench.soak;

import dev.tidings.bench.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Looks at a server from outside: its metrics, its process, its directory.
final class Probe {
    private static final double MIB = 1 << 20;

    private final ServerProcess server;
    private final Path data;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Probe(ServerProcess server, Path data) {
        this.server = server;
        this.data = data;
    }

    /// What the server's metrics say at one time.
    record Metrics(List<String> lines) {
        double sum(String prefix) {
            return matching(prefix).mapToDouble(Metrics::value).sum();
        }

        double greatest(String prefix) {
            return matching(prefix).mapToDouble(Metrics::value).max().orElse(0);
        }

        private Stream<String> matching(String prefix) {
            return lines.stream().filter(line -> line.startsWith(prefix));
        }

        private static double value(String line) {
            return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        }
    }

    Metrics metrics() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
        String text = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
        return new Metrics(text.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /// Heap in use now, in MiB: what lives, and what nobody has collected yet.
    static double heap(Metrics metrics) {
        return metrics.sum("jvm_memory_used_bytes{area=\"heap\"") / MIB;
    }

    static double nonHeap(Metrics metrics) {
        return metrics.sum("jvm_memory_used_bytes{area=\"nonheap\"") / MIB;
    }

    static double direct(Metrics metrics) {
        return metrics.sum("jvm_buffer_memory_used_bytes{id=\"direct\"") / MIB;
    }

    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return open.count();
        }
    }

    long files() throws IOException {
        return sizes(_ -> 1.0).size();
    }

    double diskMebibytes() throws IOException {
        return sizes(Probe::size).stream().mapToDouble(size -> size).sum() / MIB;
    }

    /// Of each file in the store; one that goes meanwhile counts nothing.
    private List<Double> sizes(ToDoubleFunction<Path> size) throws IOException {
        List<Double> sizes = new ArrayList<>();
        List<Path> directories = new ArrayList<>(List.of(data));
        while (!directories.isEmpty()) {
            try (Stream<Path> inside = Files.list(directories.removeLast())) {
                for (Path path : inside.toList()) {
                    if (Files.isDirectory(path)) {
                        directories.add(path);
                    } else {
                        sizes.add(size.applyAsDouble(path));
                    }
                }
            } catch (NoSuchFileException _) {
                // removed meanwhile
            }
        }
        return sizes;
    }

    private static double size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }
}
