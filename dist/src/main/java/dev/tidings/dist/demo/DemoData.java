package dev.tidings.dist.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The files of the demo.
final class DemoData {
    private DemoData() {}

    /// The events, each as JSON.
    static List<String> events() {
        return lines("/demo/earthquakes.ndjson").stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    static String text(String name) {
        return String.join("\n", lines("/demo/" + name)) + "\n";
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(DemoData.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
