package dev.tidings.client;

import java.net.URI;

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

    /// Begins to describe a bus to the broker at this address, such as `https://events.example`.
    public static Connecting connect(URI broker) {
        return new Connecting(broker);
    }
}
