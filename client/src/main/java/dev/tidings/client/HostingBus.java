package dev.tidings.client;

import dev.tidings.client.embedding.EmbeddedBroker;
import dev.tidings.client.embedding.FirstUsePayloads;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.streams.Streams;
import dev.tidings.client.subscriptions.Subscriptions;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A bus to a broker that is its own.
final class HostingBus implements EmbeddedBus {
    private final BrokerBus bus;
    private final EmbeddedBroker broker;

    HostingBus(BrokerBus bus, EmbeddedBroker broker) {
        this.bus = bus;
        this.broker = broker;
    }

    @Override
    public URI address() {
        return broker.address();
    }

    @Override
    public String key() {
        return broker.key();
    }

    @Override
    public Streams streams() {
        return bus.streams();
    }

    @Override
    public Payloads payloads() {
        return new FirstUsePayloads(bus.payloads(), broker::know);
    }

    @Override
    public Subscriptions subscriptions() {
        return bus.subscriptions();
    }

    @Override
    public EventBuilder event(String type) {
        return bus.event(type);
    }

    @Override
    public void fire(CloudEvent event) {
        broker.know(List.of(event.getType()));
        bus.fire(event);
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        broker.know(events.stream().map(CloudEvent::getType).toList());
        return bus.publish(events);
    }

    @Override
    public <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler) {
        broker.know(List.of(type));
        return bus.listen(name, type, data, handler);
    }

    @Override
    public Listener listen(Listening listening, EventHandler handler) {
        broker.know(listening.types());
        return bus.listen(listening, handler);
    }

    @Override
    public CompletableFuture<Status> status() {
        return bus.status();
    }

    @Override
    public CompletableFuture<Void> flush() {
        return bus.flush();
    }

    @Override
    public void close() {
        try {
            bus.close();
        } finally {
            broker.close();
        }
    }
}
