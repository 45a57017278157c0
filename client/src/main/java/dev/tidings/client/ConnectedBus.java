package dev.tidings.client;

import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.http.Calls;
import dev.tidings.client.http.RemotePayloads;
import dev.tidings.client.http.RemoteStreams;
import dev.tidings.client.http.RemoteSubscriptions;
import dev.tidings.client.http.Requests;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.streams.Streams;
import dev.tidings.client.subscriptions.Subscriptions;
import io.cloudevents.CloudEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A bus, and whatever else there is at its broker.
final class ConnectedBus implements BrokerBus {
    private final Bus bus;
    private final RemoteStreams streams;
    private final Payloads payloads;
    private final Subscriptions subscriptions;

    /// @param closing how long its end is waited for
    ConnectedBus(Bus bus, Requests requests, Duration closing) {
        this.bus = bus;
        BackOff backOff = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(10), new SecureRandom());
        Calls calls = new Calls(requests, backOff);
        this.streams = new RemoteStreams(calls, new RemoteStreams.Parts(EventCoding::event, backOff, closing));
        this.payloads = new RemotePayloads(requests, backOff, time -> Thread.sleep(time.toMillis()));
        this.subscriptions = new RemoteSubscriptions(calls);
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public Payloads payloads() {
        return payloads;
    }

    @Override
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public EventBuilder event(String type) {
        return bus.event(type);
    }

    @Override
    public void fire(CloudEvent event) {
        bus.fire(event);
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        return bus.publish(events);
    }

    @Override
    public <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler) {
        return bus.listen(name, type, data, handler);
    }

    @Override
    public Listener listen(Listening listening, EventHandler handler) {
        return bus.listen(listening, handler);
    }

    @Override
    public CompletableFuture<Void> flush() {
        return bus.flush();
    }

    @Override
    public CompletableFuture<Status> status() {
        return bus.status();
    }

    /// What follows a stream may fire to the last.
    @Override
    public void close() {
        streams.close();
        bus.close();
    }
}
