package dev.tidings.server;

import dev.tidings.server.admin.CatalogRoutes;
import dev.tidings.server.admin.DeadRoutes;
import dev.tidings.server.http.FrontParts;
import dev.tidings.server.http.HttpFront;
import dev.tidings.server.http.Traffic;
import dev.tidings.server.polling.InstanceAddresses;
import dev.tidings.server.polling.OpenRoute;
import dev.tidings.server.polling.PolledInstances;
import dev.tidings.server.polling.PollingRoutes;
import dev.tidings.server.producing.EventInput;
import dev.tidings.server.producing.ProduceRoute;
import dev.tidings.server.tools.MySettingsRoute;
import dev.tidings.server.tools.OpenApiRoute;
import dev.tidings.server.tools.TestEventRoute;
import dev.tidings.wire.CloudEvents;
import io.vertx.core.http.WebSocketServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A running server.
public final class Server implements AutoCloseable {
    private final HttpFront front;
    private final Traffic traffic;
    private final PolledInstances polled;
    private final ScheduledExecutorService timer;

    private Server(HttpFront front, Traffic traffic, PolledInstances polled, ScheduledExecutorService timer) {
        this.front = front;
        this.traffic = traffic;
        this.polled = polled;
        this.timer = timer;
    }

    /// Starts a server; returns once it listens.
    ///
    /// @throws IOException where the address cannot be listened on
    public static Server start(ServerConfig config, ServerParts parts) throws IOException {
        Traffic traffic = new Traffic();
        Duration expiry = config.polling().expiry();
        PolledInstances polled = new PolledInstances(expiry, System::nanoTime);
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Supplier<String> address =
                () -> config.address("http", port.getNow(config.http().port()));
        FrontParts frontParts = new FrontParts(
                switchboard(config, parts, polled, address),
                parts.authenticator(),
                traffic,
                parts.clock(),
                System::nanoTime,
                parts.random(),
                null,
                new WebSocketServerConfig());
        HttpFront front = HttpFront.open(config.http(), frontParts);
        port.complete(front.port());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("server-timer").factory());
        long every = Math.max(1, expiry.toMillis() / 20);
        var _ = timer.scheduleWithFixedDelay(polled::expire, every, every, TimeUnit.MILLISECONDS);
        return new Server(front, traffic, polled, timer);
    }

    /// The port it listens on.
    public int port() {
        return front.port();
    }

    /// Shuts down in an orderly way, within that time: takes no new requests, finishes those in progress, ends
    /// polled instances once what they confirmed is stored. Then it remains to [#close].
    public CompletionStage<Void> drain(Duration atMost) {
        CompletionStage<Void> quiet = traffic.drain();
        return CompletableFuture.allOf(polled.drain().toCompletableFuture(), quiet.toCompletableFuture())
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(_ -> front.stop(Duration.ofSeconds(1)));
    }

    /// Cuts everything off.
    @Override
    public void close() {
        timer.shutdownNow();
        front.close();
    }

    private static Switchboard switchboard(
            ServerConfig config, ServerParts parts, PolledInstances polled, Supplier<String> address) {
        CloudEvents codec = new CloudEvents(config.events());
        EventInput input = new EventInput(codec, parts.clock(), config.futureTolerance());
        InstanceAddresses addresses = new InstanceAddresses(address, config.node());
        OpenRoute open = new OpenRoute(parts.instances(), polled, addresses, parts.random());
        return new Switchboard(
                new ProduceRoute(input, parts.publishing()),
                new TestEventRoute(input, parts.publishing()),
                new MySettingsRoute(parts.catalogs()),
                PollingRoutes.of(open, polled, config.polling(), new PollingRoutes.Site(config.node(), input)),
                new OpenApiRoute(),
                CatalogRoutes.of(parts.catalogs(), parts.catalogStore()),
                DeadRoutes.of(parts.catalogs(), parts.deadEvents(), input));
    }
}
