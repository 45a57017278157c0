package dev.tidings.client;

import java.net.URI;

/// A bus with its broker in the same JVM; [#close] closes both.
public interface EmbeddedBus extends BrokerBus {
    /// Where other programs of this machine reach the broker.
    URI address();

    /// What opens the broker to them: as an API key it may do everything. New each time.
    String key();
}
