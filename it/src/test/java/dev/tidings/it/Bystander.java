package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Somebody who does nothing wrong, and is to be served whatever others do: as `@RegisterExtension` after each test.
final class Bystander implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private final RunningBroker broker;
    private @Nullable PolledInstance consumer;

    Bystander(RunningBroker broker) {
        this.broker = broker;
    }

    /// Demands that an event can be produced, and is delivered.
    void isServed() {
        PolledInstance reading = consumer();
        String id = UUID.randomUUID().toString();
        broker.client("shop").produce(Shop.event(Shop.PACKED, id)).accepted(1, 0);

        assertThat(reading.event().path("id").asString()).isEqualTo(id);
        reading.confirm();
    }

    private PolledInstance consumer() {
        PolledInstance known = consumer;
        if (known == null) {
            known = broker.client("store").poll("group=bystander&from=latest&types=" + Shop.PACKED);
            consumer = known;
        }
        return known;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        consumer();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        isServed();
        close();
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.delete();
            consumer = null;
        }
    }
}
