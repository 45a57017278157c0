package dev.tidings.server;

import dev.tidings.server.Switchboard.Watching;
import dev.tidings.server.admin.AdminOnly;
import dev.tidings.server.admin.BackupRoutes;
import dev.tidings.server.admin.CatalogRoutes;
import dev.tidings.server.dead.DeadRoutes;
import dev.tidings.server.health.LiveRoute;
import dev.tidings.server.health.ReadyRoute;
import dev.tidings.server.http.Route;
import dev.tidings.server.http.Traffic;
import dev.tidings.server.metrics.Insight;
import dev.tidings.server.metrics.LocalOr;
import dev.tidings.server.metrics.MeteredPublishing;
import dev.tidings.server.metrics.MetricsRoute;
import dev.tidings.server.payloads.PayloadAddresses;
import dev.tidings.server.payloads.PayloadRoutes;
import dev.tidings.server.polling.InstanceAddresses;
import dev.tidings.server.polling.OpenRoute;
import dev.tidings.server.polling.PolledInstances;
import dev.tidings.server.polling.PollingRoutes;
import dev.tidings.server.producing.EventInput;
import dev.tidings.server.producing.ProduceRoute;
import dev.tidings.server.streams.StreamRoutes;
import dev.tidings.server.subscriptions.SubscriptionRoutes;
import dev.tidings.server.tools.MySettingsRoute;
import dev.tidings.server.tools.OpenApiRoute;
import dev.tidings.server.tools.TestEventRoute;
import dev.tidings.server.websocket.Connections;
import dev.tidings.server.websocket.WebSocketParts;
import dev.tidings.server.websocket.WebSocketRoute;
import dev.tidings.wire.CloudEvents;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// What stands behind the door of a server: its routes, and what they keep.
record Rooms(Switchboard switchboard, Traffic traffic, PolledInstances polled, Connections webSockets) {
    /// @param port the port it listens on, once that is known
    static Rooms of(ServerConfig config, ServerParts parts, CompletableFuture<Integer> port) {
        Traffic traffic = new Traffic();
        PolledInstances polled = new PolledInstances();
        Connections webSockets = new Connections(parts.catalogs(), config.webSocket());
        CloudEvents codec = new CloudEvents(config.events());
        EventInput input = new EventInput(codec, parts.clock(), config.futureTolerance());
        Insight insight = parts.insight();
        var publishing = new MeteredPublishing(parts.publishing(), insight.metrics(), System::nanoTime);
        Switchboard switchboard = new Switchboard(
                new ProduceRoute(input, publishing),
                new TestEventRoute(input, publishing),
                new MySettingsRoute(parts.catalogs(), insight.pressure()),
                webSocket(config, parts, webSockets, codec),
                polling(config, parts, polled, new Inputs(input, port)),
                StreamRoutes.of(parts.streams(), config.streams()),
                CatalogRoutes.of(parts.catalogs(), parts.catalogStore()),
                DeadRoutes.of(parts.catalogs(), parts.deadEvents(), input),
                BackupRoutes.of(parts.catalogs(), parts.backups()),
                SubscriptionRoutes.of(parts.subscriptions(), parts.catalogs(), address(config, parts, port)),
                payloads(config, parts, port),
                new Watching(
                        new LiveRoute(), new ReadyRoute(traffic::draining, insight.engine()), metrics(config, parts)),
                new OpenApiRoute());
        return new Rooms(switchboard, traffic, polled, webSockets);
    }

    private record Inputs(EventInput events, CompletableFuture<Integer> port) {}

    private static PayloadRoutes payloads(ServerConfig config, ServerParts parts, CompletableFuture<Integer> port) {
        return PayloadRoutes.of(
                parts.catalogs(),
                parts.payloads(),
                new PayloadAddresses(address(config, parts, port)),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private static PollingRoutes polling(
            ServerConfig config, ServerParts parts, PolledInstances polled, Inputs inputs) {
        InstanceAddresses addresses = new InstanceAddresses(address(config, parts, inputs.port), config.node());
        OpenRoute open = new OpenRoute(parts.instances(), polled, addresses);
        return PollingRoutes.of(open, polled, config.polling(), new PollingRoutes.Site(config.node(), inputs.events));
    }

    /// Where clients reach the server.
    private static Supplier<String> address(ServerConfig config, ServerParts parts, CompletableFuture<Integer> port) {
        String scheme = parts.tls() == null ? "http" : "https";
        return () -> config.address(scheme, port.getNow(config.http().port()));
    }

    private static Route webSocket(ServerConfig config, ServerParts parts, Connections connections, CloudEvents codec) {
        WebSocketParts webSocketParts = new WebSocketParts(
                config.webSocket(), codec, parts.clock(), Executors.newVirtualThreadPerTaskExecutor());
        return new WebSocketRoute(parts.instances(), connections, webSocketParts);
    }

    private static Route metrics(ServerConfig config, ServerParts parts) {
        Route open = new MetricsRoute(parts.insight());
        Route admins = new AdminOnly(parts.catalogs(), open);
        return switch (config.metrics().access()) {
            case LOCAL -> new LocalOr(open, admins);
            case ADMINS -> exchange -> exchange.identify(() -> admins.handle(exchange));
            case EVERYBODY -> open;
        };
    }
}
