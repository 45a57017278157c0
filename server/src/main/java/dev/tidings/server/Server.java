package dev.tidings.server;

import dev.tidings.server.http.FrontParts;
import dev.tidings.server.http.HttpFront;
import dev.tidings.server.http.Traffic;
import io.vertx.core.http.WebSocketServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// A running server.
public final class Server implements AutoCloseable {
    private final HttpFront front;
    private final Traffic traffic;

    private Server(HttpFront front, Traffic traffic) {
        this.front = front;
        this.traffic = traffic;
    }

    /// Starts a server; returns once it listens.
    ///
    /// @throws IOException where the address cannot be listened on
    public static Server start(ServerConfig config, ServerParts parts) throws IOException {
        Traffic traffic = new Traffic();
        FrontParts frontParts = new FrontParts(
                new Switchboard(),
                parts.authenticator(),
                traffic,
                parts.clock(),
                System::nanoTime,
                parts.random(),
                null,
                new WebSocketServerConfig());
        return new Server(HttpFront.open(config.http(), frontParts), traffic);
    }

    /// The port it listens on.
    public int port() {
        return front.port();
    }

    /// Shuts down in an orderly way, within that time: takes no new requests, finishes those in progress. Then it
    /// remains to [#close].
    public CompletionStage<Void> drain(Duration atMost) {
        return traffic.drain()
                .toCompletableFuture()
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(_ -> front.stop(atMost));
    }

    /// Cuts everything off.
    @Override
    public void close() {
        front.close();
    }
}
