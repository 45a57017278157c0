package dev.tidings.client.embedding;

import java.net.URI;
import java.util.Collection;

/// A broker that runs in this JVM. May be used by any thread.
public interface EmbeddedBroker extends AutoCloseable {
    /// Where it listens, on loopback.
    URI address();

    /// Who has it may do everything; `KEY/shop` is the client `shop` of the catalog. New each time.
    String key();

    /// Lets these types exist, where the broker was given no catalog. Returns when they do.
    ///
    /// @throws dev.tidings.client.UnavailableException where the store can't take it
    void know(Collection<String> types);

    /// The clock that it was given has leapt: does now what is due by then.
    void catchUp();

    /// How many events the listeners of a group have in hand: delivered, and neither confirmed nor given back.
    int inHand(String group);

    /// Finishes what is in progress, stores what was confirmed, and gives the directory up. Closing twice does
    /// nothing.
    @Override
    void close();
}
