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

    /// Begins to describe a bus to the broker at this address, such as `https://events.example`.
    public static Connecting connect(URI broker) {
        return new Connecting(broker);
    }
}
