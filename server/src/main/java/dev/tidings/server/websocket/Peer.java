package dev.tidings.server.websocket;

import dev.tidings.model.Delivery;
import java.util.List;

/// The consumer at the other end of a connection. Belongs to the connection's event loop.
interface Peer {
    /// Sends one text message for each delivery, all in one flush; `taken` runs once the network has taken them.
    void send(List<Delivery> deliveries, Runnable taken);

    /// Sends a ping; `taken` runs once the network has taken it.
    void ping(Runnable taken);

    /// Says goodbye; the connection ends when the peer agrees, or has been given long enough.
    void close(CloseReason reason);

    /// Stops reading what the peer sends, which the peer feels by and by.
    void pause();

    void resume();
}
