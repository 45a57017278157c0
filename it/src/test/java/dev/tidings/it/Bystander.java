package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/// Somebody who does nothing wrong, and is to be served whatever others do.
final class Bystander implements AutoCloseable {
    private final Client producer;
    private final PolledInstance consumer;

    Bystander(RunningBroker broker) {
        producer = broker.client("shop");
        consumer = broker.client("store").poll("group=bystander&from=latest&types=" + Shop.PACKED);
    }

    /// Demands that an event can be produced, and is delivered.
    void isServed() {
        String id = UUID.randomUUID().toString();
        producer.produce(Shop.event(Shop.PACKED, id)).accepted(1, 0);

        assertThat(consumer.event().path("id").asString()).isEqualTo(id);
        consumer.confirm();
    }

    @Override
    public void close() {
        consumer.delete();
    }
}
