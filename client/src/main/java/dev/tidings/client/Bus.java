package dev.tidings.client;

import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A program's way to the exchange. May be used by any thread; one a program is enough.
public interface Bus extends AutoCloseable {
    /// Begins an event of that type, with a new random id, from the source of this bus.
    EventBuilder event(String type);

    /// Sends an event in the background, with others in one request, in the order in which they were fired. Returns
    /// at once, unless the buffer is full: then within [Firing#patience].
    ///
    /// The event is sent again, with its id, until the broker has taken or refused it; the broker removes
    /// duplicates. What becomes of it else is told to [Connecting#onFailure].
    ///
    /// @throws BufferFullException   nothing was fired
    /// @throws IllegalStateException after [#close]
    void fire(CloudEvent event);

    /// Sends events in one request, at once: all of them are stored, or none. Completes when they are durable;
    /// exceptionally with [RefusedException], or with [UnavailableException] where the broker could not be
    /// reached in time: then they may have been stored, and may be published again as they are.
    CompletableFuture<Receipt> publish(List<CloudEvent> events);

    /// Completes when everything fired before was taken or refused.
    CompletableFuture<Void> flush();

    /// Takes no more events, and waits for those that were fired, at most for [Firing#closing].
    ///
    /// @throws UndeliveredException with the events that the broker may not have
    @Override
    void close();
}
