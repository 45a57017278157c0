package dev.tidings.client;

import java.net.URI;
import java.nio.file.Path;

/// Where programs begin.
///
/// ```java
/// try (Bus bus = Tidings.connect(URI.create("http://localhost:8080"))
///         .credentials(Credentials.apiKey(key))
///         .source(URI.create("https://shop.example"))
///         .open()) {
///     bus.fire(bus.event("Shop.Prices.Competitor.Changed").key("p1").data(change).build());
/// }
/// ```
public final class Tidings {
    private Tidings() {}

    /// Begins to describe a bus inside this process, for domain events: the same `fire` and `listen`, with no
    /// broker. Nothing is stored: what was not handled when the process ends is gone.
    public static InProcess inProcess() {
        return new InProcess();
    }

    /// Begins to describe a bus with the whole broker inside this JVM, durable: its store is in that directory.
    /// Needs the module `tidings-embedded`, and Java 25.
    public static Embedding embedded(Path directory) {
        return new Embedding(directory);
    }

    /// Begins to describe a bus to the broker at this address, such as `https://events.example`.
    public static Connecting connect(URI broker) {
        return new Connecting(broker);
    }
}
