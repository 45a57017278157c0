package dev.tidings.broker.consuming;

import dev.tidings.model.Delivery;
import dev.tidings.model.ReportedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// An open consumer instance: the handle by which a connection or a poller speaks to its group. May be used by
/// any thread; what one thread asks takes effect in that order. Stages complete on the group's loop.
public interface Instance {
    /// Its name among all instances: 128 random bits in hexadecimal digits. Nobody guesses it; reports of dead events
    /// tell it.
    String id();

    /// For a pushing connection: lets the group deliver events to the [Outlet] until `bytes` more of JSON are
    /// spent (the last event may overshoot). A negative number takes back what is not spent, or will be granted.
    void grant(int bytes);

    /// For a poller: completes with the next events, at least one, in one piece; or empty when none came within
    /// the timeout, when a newer poll took this one's place, or when the instance ended. One poll never waits for
    /// more once it has one event.
    CompletionStage<List<Delivery>> poll(int maxEvents, int maxBytes, Duration timeout);

    /// An answer with these offsets and all later ones did not reach the consumer: they do not count as
    /// delivered, and are delivered again, to this or another instance.
    void unread(long firstOffset);

    /// Confirms every delivery up to and including this offset; [#ALL] means all delivered so far. Completes when
    /// that is durable; exceptionally with [dev.tidings.engine.Unavailable].
    CompletionStage<Settlement> confirm(long offset);

    /// Reports an event dead. Completes when the report is stored.
    CompletionStage<Settlement> dead(ReportedEvent reported);

    /// For who settles events one by one, in any order.
    Singly singly();

    /// Gives up what would stay reserved for its process once it has ended.
    void renounce();

    /// Ends the instance: what it has not confirmed goes back to the group, or stays reserved for its process.
    /// Completes when the confirmations it
    /// made before are durable. Closing twice does nothing more.
    CompletionStage<Void> close();

    /// An offset that stands for everything delivered so far.
    long ALL = Long.MAX_VALUE;

    /// What became of a confirmation or a dead report.
    enum Settlement {
        /// Settled, or it had been settled before.
        DONE,
        /// The offset lies beyond the last one delivered; nothing moved.
        NEVER_DELIVERED,
        /// The report matches nothing in flight; it was stored all the same.
        UNMATCHED,
        /// The instance has ended.
        ENDED
    }
}
