package dev.tidings.broker.consuming;

import dev.tidings.broker.consuming.Instance.Settlement;
import java.util.concurrent.CompletionStage;

/// Settles the deliveries of an instance one by one, in any order. Stages complete on the group's loop, once it is
/// durable; exceptionally with [dev.tidings.engine.Unavailable].
public interface Singly {
    /// Confirms this delivery and no other. Confirming again does nothing.
    CompletionStage<Settlement> settle(long offset);

    /// Gives this delivery up: the event is dead as it is.
    ///
    /// @param detail what has gone wrong, for whoever looks after dead events
    CompletionStage<Settlement> giveUp(long offset, String detail);
}
