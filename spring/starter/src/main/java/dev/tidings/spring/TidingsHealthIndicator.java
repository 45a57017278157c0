package dev.tidings.spring;

import dev.tidings.client.Bus;
import dev.tidings.client.Status;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Up where the broker is ready and all listeners are connected.
final class TidingsHealthIndicator extends AbstractHealthIndicator {
    private final Bus bus;

    TidingsHealthIndicator(Bus bus) {
        this.bus = bus;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Status status = bus.status().join();
        Map<String, String> listeners = new TreeMap<>();
        status.listeners().forEach((name, connected) -> listeners.put(name, connected ? "connected" : "not connected"));
        builder.status(
                        status.isUp()
                                ? org.springframework.boot.health.contributor.Status.UP
                                : org.springframework.boot.health.contributor.Status.DOWN)
                .withDetail("broker", status.problem() == null ? "ready" : status.problem())
                .withDetail("listeners", listeners);
    }
}
