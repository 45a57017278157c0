package dev.tidings.client;

import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.streams.Streams;
import dev.tidings.client.subscriptions.Subscriptions;

/// A bus to a broker, which keeps what was published: it can be read again.
public interface BrokerBus extends Bus {
    /// Its streams.
    Streams streams();

    /// Its large payloads.
    Payloads payloads();

    /// The program's subscriptions.
    Subscriptions subscriptions();
}
