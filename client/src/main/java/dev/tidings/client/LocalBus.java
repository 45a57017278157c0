package dev.tidings.client;

import dev.tidings.client.listening.LocalListener;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A bus inside one process: nothing is stored, nothing leaves.
final class LocalBus implements Bus {
    private final Settings settings;
    private final EventForm form;
    private final List<LocalListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /// How it was described.
    record Settings(Delivery delivery, Duration closing, Metrics metrics) {}

    LocalBus(Settings settings, EventForm form) {
        this.settings = settings;
        this.form = form;
    }

    @Override
    public EventBuilder event(String type) {
        return form.event(type);
    }

    @Override
    public void fire(CloudEvent event) {
        if (closed) {
            throw new IllegalStateException("the bus is closed");
        }
        CloudEvent outgoing = form.outgoing(event);
        if (settings.delivery instanceof Delivery.AfterCommit commit) {
            commit.transactions().accept(() -> enqueue(outgoing));
        } else if (settings.delivery instanceof Delivery.Synchronous) {
            handle(outgoing);
        } else {
            enqueue(outgoing);
        }
    }

    private void enqueue(CloudEvent event) {
        for (LocalListener listener : listeners) {
            if (listener.wants(event)) {
                listener.enqueue(event);
            }
        }
    }

    private void handle(CloudEvent event) {
        for (LocalListener listener : listeners) {
            if (listener.wants(event)) {
                handle(event, listener);
            }
        }
    }

    private static void handle(CloudEvent event, LocalListener listener) {
        try {
            listener.handle(event);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }

    /// The events are with their listeners then; the receipt says how many there were.
    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        events.forEach(this::fire);
        return CompletableFuture.completedFuture(new Receipt(events.size(), 0));
    }

    @Override
    public <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler) {
        return listen(Listening.to(name, type), form.json().handler(data, handler));
    }

    @Override
    public synchronized Listener listen(Listening listening, EventHandler handler) {
        listening.types().forEach(form::used);
        String name = listening.name();
        if (listeners.stream().anyMatch(other -> other.name().equals(name))) {
            throw new DuplicateListenerNameException("this process", name);
        }
        LocalListener listener =
                new LocalListener(listening, form.incoming(name, handler), settings.metrics.receiving(name));
        listeners.add(listener);
        return () -> {
            listeners.remove(listener);
            require(listener.close(settings.closing));
        };
    }

    /// Completes when everything fired before was handled, or is dead.
    @Override
    public CompletableFuture<Void> flush() {
        return CompletableFuture.allOf(
                listeners.stream().map(LocalListener::flush).toArray(CompletableFuture[]::new));
    }

    /// There is no broker that could be away.
    @Override
    public CompletableFuture<Status> status() {
        return CompletableFuture.completedFuture(
                new Status(null, listeners.stream().collect(Collectors.toMap(LocalListener::name, listener -> true))));
    }

    @Override
    public void close() {
        closed = true;
        long end = System.nanoTime() + settings.closing.toNanos();
        List<CloudEvent> left = new ArrayList<>();
        for (LocalListener listener : listeners) {
            left.addAll(listener.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        }
        require(left);
    }

    private static void require(List<CloudEvent> nothingLeft) {
        if (!nothingLeft.isEmpty()) {
            throw new UndeliveredException(nothingLeft);
        }
    }
}
