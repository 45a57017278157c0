package dev.tidings.broker.subscriptions;

import dev.tidings.model.EventType;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The subscriptions that exist, for who delivers to their sinks. May be used by any thread.
public interface Subscriptions {
    Collection<Subscription> all();

    Optional<Subscription> find(String id);

    /// Tells the listener of each change from now on. Those that exist already it finds by [#all].
    void onChange(Listener listener);

    /// Ends a subscription because its sink wants no more, ever. Completes when that is durable; exceptionally with
    /// [dev.tidings.engine.Unavailable]. One that is gone already is passed over.
    CompletionStage<Void> end(String id, String reason);

    /// The sink of a subscription asks to be left alone until then. That outlives restarts, as far as the store can
    /// take it, and ends when the owner pauses the subscription or gives it another sink.
    void rest(Subscription subscription, Instant until);

    /// Until when the sink of a subscription has asked to be left alone, which may be over; nothing where it has not.
    Optional<Instant> restsUntil(Subscription subscription);

    /// Whether an event is for a subscription now: it is about its type, and its client is granted it.
    ///
    /// @param acceptedMillis when it was accepted, milliseconds since the epoch
    boolean wants(String id, EventType type, long acceptedMillis);

    /// Called on some thread that must not wait, for one subscription in the order of its versions.
    interface Listener {
        /// There is a new one, a new version, or its owner was granted or lost something: whoever could
        /// not open an instance in its group may try again. Where it is not active any more, the stage
        /// completes when nothing of it is delivered any more. What is in progress may be finished.
        CompletionStage<Void> changed(Subscription now);

        /// It is gone. The stage completes once nothing of it is delivered any more and no instance of its
        /// group is open: then its group is removed, and its owner told.
        CompletionStage<Void> removed(Subscription last);
    }
}
