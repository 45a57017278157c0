package dev.tidings.bench.soak;

import dev.tidings.bench.Events;
import dev.tidings.bench.ServerProcess;
import dev.tidings.bench.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The broker that is soaked: events live for two minutes, in small segments.
final class SoakServer {
    private static final String CONFIG = """
            store:
              ring: { files: 4, file-size: 32MiB }
              stage: { segment-size: 16MiB, segment-age: 30s }
              sweep-interval: 10s
            """;

    private SoakServer() {}

    static ServerProcess start(Settings settings) throws IOException, InterruptedException {
        Path directory = settings.directory();
        Path config = Files.writeString(directory.resolve("tidings.yaml"), CONFIG);
        Path catalog = Files.writeString(directory.resolve("catalog.yaml"), catalog());
        return ServerProcess.start(
                settings,
                "dev.tidings.dist.Main",
                "serve",
                "--insecure",
                "--config",
                config.toString(),
                "--catalog",
                catalog.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port");
    }

    private static String catalog() {
        String settings = "retention: { age: 2m }, deduplication: 1m";
        StringBuilder yaml = new StringBuilder("types:\n");
        for (int i = 0; i < Events.TYPES; i++) {
            yaml.append("  %s: { %s }%n".formatted(Events.type(i, false), settings));
            yaml.append("  %s: { %s, schema: { type: object } }%n".formatted(Events.type(i, true), settings));
        }
        return yaml.toString();
    }

    static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
