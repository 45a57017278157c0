package dev.tidings.client;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Describes a bus inside one process, then opens it. Belongs to one thread.
public final class InProcess {
    private Delivery delivery = Delivery.asynchronous();
    private Duration closing = Firing.DEFAULT.closing();
    private @Nullable URI source;
    private @Nullable JsonMapping json;
    private Metrics metrics = Metrics.none();
    private Tracing tracing = Tracing.none();

    InProcess() {}

    /// Asynchronous where it is not called.
    public InProcess delivery(Delivery when) {
        delivery = when;
        return this;
    }

    /// The source of events that name none.
    public InProcess source(URI uri) {
        source = uri;
        return this;
    }

    /// How long [Bus#close] waits for handlers; ten seconds where it is not called.
    public InProcess closing(Duration time) {
        closing = time;
        return this;
    }

    /// Jackson 3 with its defaults where it is not called.
    public InProcess json(JsonMapping mapping) {
        json = mapping;
        return this;
    }

    /// Is told what the listeners do; nobody is where it is not called.
    public InProcess metrics(Metrics told) {
        metrics = told;
        return this;
    }

    /// Carries traces with events; nothing does where it is not called.
    public InProcess tracing(Tracing carrier) {
        tracing = carrier;
        return this;
    }

    /// The bus.
    public Bus open() {
        return new LocalBus(
                new LocalBus.Settings(delivery, closing, metrics),
                EventForm.of(source, json).tracedBy(tracing));
    }
}
