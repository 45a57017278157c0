package dev.tidings.broker.consuming;

import dev.tidings.broker.consuming.Instance.Settlement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Settles the deliveries of an instance one by one, in any order. Stages complete on the group's loop, once it is
/// durable; exceptionally with [dev.tidings.engine.Unavailable].
public interface Singly {
    /// The longest delay of a release.
    Duration LONGEST_DELAY = Duration.ofDays(7);

    /// Confirms this delivery and no other. Confirming again does nothing.
    CompletionStage<Settlement> settle(long offset);

    /// Gives this delivery back, undone: it ended unconfirmed, and the event is delivered again, to any instance, once
    /// the delay is over. Events of its key wait behind it; those that this instance has go back, too, and do not
    /// count as delivered. What is settled already stays so. An event of a lane stays with the other instances.
    ///
    /// @param delay zero: at once; null: what the instance was opened with; at most [#LONGEST_DELAY]
    CompletionStage<Settlement> release(long offset, @Nullable Duration delay);

    /// Gives this delivery up: the event is dead as it is.
    ///
    /// @param detail what has gone wrong, for whoever looks after dead events
    CompletionStage<Settlement> giveUp(long offset, String detail);
}
