package dev.tidings.client;

import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A program's way to the exchange. May be used by any thread; one a program is enough.
public interface Bus extends AutoCloseable {
    /// Begins an event of that type, with a new random id, from the source of this bus.
    EventBuilder event(String type);

    /// Sends an event in the background, with others in one request, in the order in which they were fired.
    /// Returns at once, unless the buffer is full: then within [Firing#patience].
    ///
    /// The event is sent again, with its id, until the broker has taken or refused it; the broker removes
    /// duplicates. What becomes of it else is told to [Connecting#onFailure].
    ///
    /// @throws BufferFullException   nothing was fired
    /// @throws SpoolException        nothing was fired: the disk of [Firing#withSpool] is full, or failed
    /// @throws IllegalStateException after [#close]
    void fire(CloudEvent event);

    /// Sends events in one request, at once: all of them are stored, or none. Completes when they are durable;
    /// exceptionally with [RefusedException], or with [UnavailableException] where the broker could not be
    /// reached in time: then they may have been stored, and may be published again as they are.
    CompletableFuture<Receipt> publish(List<CloudEvent> events);

    /// Calls the handler for each event of that type, with its payload read from JSON; see
    /// [#listen(Listening, EventHandler)]. A payload that can't be read so makes the event dead.
    <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler);

    /// Calls the handler for each event, once or more often, at least until it returned: only then is the
    /// event confirmed. The listener's group is `{service}-{name}`: it goes on where it was when the program
    /// was last there, and shares its events with other processes of the service.
    ///
    /// Returns at once; where the broker is away or refuses, that is logged and tried again.
    ///
    /// @throws DuplicateListenerNameException where this bus has a listener of that name
    /// @throws IllegalStateException          where the bus has no [Connecting#service], or is closed
    Listener listen(Listening listening, EventHandler handler);

    /// Completes when everything fired before was taken or refused.
    CompletableFuture<Void> flush();

    /// Asks the broker whether it is ready, for a few seconds at most, and looks at the listeners' connections.
    /// Never completes exceptionally.
    CompletableFuture<Status> status();

    /// Closes the listeners, takes no more events, and waits for handlers and then for what was fired, each
    /// at most for [Firing#closing]. What then waits in the directory of [Firing#withSpool] stays there: it is
    /// sent when a bus is opened there again.
    ///
    /// @throws UndeliveredException with the events that waited in memory and that the broker may not have
    @Override
    void close();
}
