package dev.tidings.testkit;

import dev.tidings.client.Bus;
import dev.tidings.client.EventBuilder;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Handler;
import dev.tidings.client.JsonMapping;
import dev.tidings.client.Listener;
import dev.tidings.client.Listening;
import dev.tidings.client.Receipt;
import dev.tidings.client.Status;
import dev.tidings.testkit.Audience.Seat;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/// A bus inside one process whose flow is recorded: for tests on Java 17, where no broker can be embedded, and for
/// tests that need none. Its listeners have names without a service; published is what was fired. What waits
/// for its next try is not settled. May be used by any thread.
public final class RecordedBus implements Bus, Recorded {
    private final Bus bus;
    private final Recording recording;

    private RecordedBus(Bus bus, Recording recording) {
        this.bus = bus;
        this.recording = recording;
    }

    /// Records a bus of [dev.tidings.client.Tidings#inProcess], which is closed with it.
    public static RecordedBus of(Bus inProcess) {
        return of(inProcess, JsonMapping.jackson(JsonMapper.builder().build()));
    }

    /// The same.
    ///
    /// @param json the one of the bus
    public static RecordedBus of(Bus inProcess, JsonMapping json) {
        return new RecordedBus(inProcess, Recording.begin(json));
    }

    @Override
    public Flow flow() {
        return recording.flow();
    }

    @Override
    public void settle(Duration atMost) {
        Settling.await(recording, List.of(bus::flush), atMost);
    }

    @Override
    public EventBuilder event(String type) {
        return bus.event(type);
    }

    @Override
    public void fire(CloudEvent event) {
        recording.published(event);
        bus.fire(event);
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        events.forEach(recording::published);
        return bus.publish(events);
    }

    @Override
    public <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler) {
        return listen(Listening.to(name, type), recording.json().handler(data, handler));
    }

    @Override
    public Listener listen(Listening listening, EventHandler handler) {
        Seat seat = new Seat(listening.name(), listening.from("latest"));
        return recording.seat(seat, handler, bus);
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
        bus.close();
    }
}
