package dev.tidings.callback.delivery;

import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.sink.SinkChannel;

/// Leads to sinks.
@FunctionalInterface
public interface Lines {
    /// The way to the sink of a subscription.
    ///
    /// @param timers   what timeouts run on
    /// @param requests the most at once
    SinkChannel to(Subscription subscription, Loop timers, int requests);
}
