package dev.tidings.sim.node;

import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.sink.SinkChannel;

/// What is between a process and the sinks that it calls.
@FunctionalInterface
public interface SinkNetwork {
    /// A way of this process to the sink of a subscription.
    SinkChannel channel(Node from, Subscription to);
}
