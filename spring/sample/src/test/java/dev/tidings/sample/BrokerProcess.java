package dev.tidings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `tidings serve` in a process of its own, with the libraries of its own, as it was packaged before.
record BrokerProcess(Process process, String address) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready at (http[^\\s,]+)");

    /// Everybody may do everything with the types of the example.
    static BrokerProcess start(Path directory) throws IOException {
        Path root = root();
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        jar(root.resolve("dist/target")) + ":" + root.resolve("dist/target/lib/*"),
                        "dev.tidings.dist.Main",
                        "serve",
                        "--insecure",
                        "--catalog",
                        root.resolve("examples/catalog.yaml").toString(),
                        "--data",
                        directory.resolve("data").toString(),
                        "--port",
                        "0"))
                .redirectError(log.toFile())
                .start();
        String greeting = process.inputReader().readLine();
        Matcher ready = READY.matcher(String.valueOf(greeting));
        assertThat(ready.find())
                .as("what the broker says: %s %s", greeting, Files.readString(log))
                .isTrue();
        return new BrokerProcess(process, ready.group(1));
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static Path jar(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("tidings-dist-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
