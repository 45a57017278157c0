package dev.tidings.client.inbox;

import dev.tidings.client.Bus;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import java.net.URI;

/// Events as they come.
final class Events {
    private Events() {}

    static CloudEvent event(String id) {
        return event(id, "/shop");
    }

    static CloudEvent event(String id, String source) {
        try (Bus bus = Tidings.connect(URI.create("http://localhost")).open()) {
            return bus.event("a.b").id(id).source(URI.create(source)).build();
        }
    }
}
