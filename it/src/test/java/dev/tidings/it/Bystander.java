package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Somebody who does nothing wrong, and is to be served whatever others do: as `@RegisterExtension` after each test.
final class Bystander implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private final Supplier<Client> producer;
    private final Supplier<Client> reader;
    private @Nullable PolledInstance consumer;

    Bystander(RunningBroker broker) {
        this(() -> broker.client("shop"), () -> broker.client("store"));
    }

    /// The same at any broker.
    Bystander(Client producer, Client reader) {
        this(() -> producer, () -> reader);
    }

    private Bystander(Supplier<Client> producer, Supplier<Client> reader) {
        this.producer = producer;
        this.reader = reader;
    }

    /// Demands that an event can be produced, and is delivered.
    void isServed() {
        PolledInstance reading = consumer();
        String id = UUID.randomUUID().toString();
        producer.get().produce(Shop.event(Shop.PACKED, id)).accepted(1, 0);

        assertThat(reading.event().path("id").asString()).isEqualTo(id);
        reading.confirm();
    }

    private PolledInstance consumer() {
        PolledInstance known = consumer;
        if (known == null) {
            known = reader.get().poll("group=bystander&from=latest&types=" + Shop.PACKED);
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
