package dev.tidings.client.listening;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/// The broker, as far as listening needs it.
public interface Reception {
    /// Opens a connection as an instance of a group.
    ///
    /// @param query the parameters of the instance, encoded
    CompletableFuture<WebSocket> open(String query, WebSocket.Listener listener);

    /// Opens an instance of a group that is to be polled.
    ///
    /// @param query the parameters of the instance, encoded
    CompletableFuture<Polled> poll(String query);
}
