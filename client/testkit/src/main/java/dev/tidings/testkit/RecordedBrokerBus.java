package dev.tidings.testkit;

import dev.tidings.client.BrokerBus;
import dev.tidings.client.EventBuilder;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Handler;
import dev.tidings.client.Listener;
import dev.tidings.client.Listening;
import dev.tidings.client.Receipt;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Status;
import dev.tidings.client.embedding.FirstUsePayloads;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.streams.Streams;
import dev.tidings.client.subscriptions.Subscriptions;
import dev.tidings.testkit.Audience.Seat;
import io.cloudevents.CloudEvent;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A recorded bus to the broker of a test.
final class RecordedBrokerBus implements BrokerBus {
    private final BrokerBus bus;
    private final Parts parts;

    /// What is on its way into the record.
    private final Queue<CompletableFuture<?>> underway = new ConcurrentLinkedQueue<>();

    /// What it needs.
    ///
    /// @param refusals told by the bus
    /// @param types    is told what is used, before it is
    record Parts(String service, Recording recording, Refusals refusals, Consumer<Collection<String>> types) {}

    RecordedBrokerBus(BrokerBus bus, Parts parts) {
        this.bus = bus;
        this.parts = parts;
    }

    @Override
    public Streams streams() {
        return bus.streams();
    }

    @Override
    public Payloads payloads() {
        return new FirstUsePayloads(bus.payloads(), parts.types);
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
        parts.types.accept(List.of(event.getType()));
        bus.fire(event);
        CompletableFuture<?> unused = tracked(bus.flush().thenRun(() -> parts.refusals.taken(event)));
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        parts.types.accept(events.stream().map(CloudEvent::getType).toList());
        return tracked(bus.publish(events).whenComplete((receipt, failure) -> record(events, failure)));
    }

    private void record(List<CloudEvent> events, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (failure == null) {
            events.forEach(parts.recording::published);
        } else if (cause instanceof RefusedException refused) {
            events.forEach(event -> parts.recording.refused(event, refused));
        }
    }

    private <T> CompletableFuture<T> tracked(CompletableFuture<T> future) {
        underway.removeIf(CompletableFuture::isDone);
        underway.add(future);
        return future;
    }

    @Override
    public <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler) {
        return listen(Listening.to(name, type), parts.recording.json().handler(data, handler));
    }

    @Override
    public Listener listen(Listening listening, EventHandler handler) {
        parts.types.accept(listening.types());
        return parts.recording.seat(new Seat(parts.service + "-" + listening.name(), listening), handler, bus);
    }

    @Override
    public CompletableFuture<Status> status() {
        return bus.status();
    }

    /// Completes when everything fired and published before was taken or refused, and is in the record.
    @Override
    public CompletableFuture<Void> flush() {
        return CompletableFuture.allOf(underway.stream()
                .map(future -> future.exceptionally(failed -> null))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void close() {
        bus.close();
    }
}
