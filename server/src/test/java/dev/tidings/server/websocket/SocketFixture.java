package dev.tidings.server.websocket;

import dev.tidings.server.auth.Authentication;
import dev.tidings.server.auth.Credentials;
import dev.tidings.server.auth.InsecureAuthenticator;
import dev.tidings.server.fake.FakeInstances;
import dev.tidings.server.fake.FixedCatalogs;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.FrontParts;
import dev.tidings.server.http.HttpConfig;
import dev.tidings.server.http.HttpFront;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Refusals;
import dev.tidings.server.http.Traffic;
import dev.tidings.wire.CloudEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/// A server on a free port that speaks WebSocket, with a broker that the test plays.
final class SocketFixture implements AutoCloseable {
    final FakeInstances instances = new FakeInstances();
    final FixedCatalogs catalogs = new FixedCatalogs();
    final Connections connections;
    final Traffic traffic = new Traffic();
    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private final HttpFront front;

    SocketFixture(WebSocketConfig config) {
        connections = new Connections(catalogs, config);
        WebSocketParts parts = new WebSocketParts(
                config, new CloudEvents(CloudEvents.Limits.DEFAULT), InstantSource.system(), workers);
        WebSocketRoute route = new WebSocketRoute(instances, connections, parts);
        FrontParts frontParts = new FrontParts(
                operation -> operation == Operation.CONSUME_WEBSOCKET
                        ? route
                        : exchange -> exchange.answer(Answer.empty(204)),
                SocketFixture::authenticate,
                traffic,
                InstantSource.system(),
                System::nanoTime,
                RandomGenerator.getDefault(),
                Refusals.NONE,
                null,
                WebSocketSettings.of(config));
        try {
            front = HttpFront.open(HttpConfig.DEFAULT.withPort(0), frontParts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers on another thread, as one does that verifies a token.
    private static CompletionStage<Authentication> authenticate(Credentials credentials) {
        return CompletableFuture.supplyAsync(() -> credentials).thenCompose(new InsecureAuthenticator()::authenticate);
    }

    int port() {
        return front.port();
    }

    /// How many TCP connections are open.
    int tcpConnections() {
        return front.connections();
    }

    RawSocket connect() {
        return new RawSocket(port());
    }

    @Override
    public void close() {
        front.close();
        workers.shutdownNow();
    }
}
