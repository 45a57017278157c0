package dev.tidings.server;

import dev.tidings.broker.streams.StreamReading;
import dev.tidings.server.http.FrontParts;
import dev.tidings.server.http.HttpFront;
import dev.tidings.server.metrics.Gauges;
import dev.tidings.server.metrics.Insight;
import dev.tidings.server.polling.PolledInstances;
import dev.tidings.server.tls.Tls;
import dev.tidings.server.websocket.WebSocketSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server.
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final HttpFront front;
    private final Rooms rooms;
    private final StreamReading streams;
    private final ScheduledExecutorService timer;

    private Server(HttpFront front, Rooms rooms, StreamReading streams, ScheduledExecutorService timer) {
        this.front = front;
        this.rooms = rooms;
        this.streams = streams;
        this.timer = timer;
    }

    /// Starts a server; returns once it listens.
    ///
    /// @throws IOException where the address cannot be listened on
    public static Server start(ServerConfig config, ServerParts parts) throws IOException {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Rooms rooms = Rooms.of(config, parts, port);
        Tls tls = parts.tls();
        FrontParts frontParts = new FrontParts(
                rooms.switchboard(),
                parts.authenticator(),
                rooms.traffic(),
                parts.clock(),
                System::nanoTime,
                parts.random(),
                parts.insight().metrics(),
                tls == null ? null : tls.options(),
                WebSocketSettings.of(config.webSocket()));
        HttpFront front = HttpFront.open(config.http(), frontParts);
        port.complete(front.port());
        watch(parts, front, rooms);
        return new Server(front, rooms, parts.streams(), timer(config, rooms, tls));
    }

    private static void watch(ServerParts parts, HttpFront front, Rooms rooms) {
        Insight insight = parts.insight();
        Gauges.streams(insight.metrics(), parts.streams());
        Gauges.payloads(insight.metrics(), parts.payloads()::figures);
        Gauges.store(insight.metrics(), insight.engine());
        Gauges.connections(insight.metrics(), front::connections, rooms.traffic()::inside, rooms.webSockets()::count);
    }

    private static ScheduledExecutorService timer(ServerConfig config, Rooms rooms, @Nullable Tls tls) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("server-timer").factory());
        long sweep = PolledInstances.sweepEvery(config.polling().expiry()).toMillis();
        var _ = timer.scheduleWithFixedDelay(rooms.polled()::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
        if (tls != null) {
            long reload = tls.config().reload().toMillis();
            var _ = timer.scheduleWithFixedDelay(tls::reload, reload, reload, TimeUnit.MILLISECONDS);
        }
        return timer;
    }

    /// The port it listens on.
    public int port() {
        return front.port();
    }

    /// Shuts down in an orderly way, within that time: is not ready any more, takes no new requests, finishes those
    /// in progress, lets those who read streams come to their end, stores what consumers confirmed, ends polled
    /// instances, and says goodbye to WebSockets with the code 1001. Then it remains to [#close] this.
    public CompletionStage<Void> drain(Duration atMost) {
        CompletableFuture<Void> traffic = rooms.traffic().drain().toCompletableFuture();
        CompletableFuture<Void> polled = rooms.polled().drain().toCompletableFuture();
        CompletableFuture<Void> webSockets = rooms.webSockets().drain().toCompletableFuture();
        streams.drain();
        return CompletableFuture.allOf(traffic, polled, webSockets)
                .exceptionally(_ -> null)
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> {
                    if (!(traffic.isDone() && polled.isDone() && webSockets.isDone())) {
                        tellWhatIsCutOff(polled.isDone(), webSockets.isDone());
                    }
                })
                .thenCompose(_ -> front.stop(Duration.ofSeconds(1)));
    }

    private void tellWhatIsCutOff(boolean polledEnded, boolean webSocketsTold) {
        LOG.warn(
                "not all ended in time, and is cut off: {} exchanges in progress; polled instances ended: {};"
                        + " {} WebSockets open, all told goodbye: {}",
                rooms.traffic().inside(),
                polledEnded,
                rooms.webSockets().count(),
                webSocketsTold);
    }

    /// Cuts everything off.
    @Override
    public void close() {
        timer.shutdownNow();
        front.close();
    }
}
