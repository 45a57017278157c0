package dev.tidings.server.http;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listening server: the same server on several event loops, all on one port.
public final class HttpFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    private final Vertx vertx;
    private final ExecutorService workers;
    private final HttpLoops loops;
    private final List<LoopServer> servers = new CopyOnWriteArrayList<>();

    private HttpFront(Vertx vertx, ExecutorService workers, HttpLoops loops) {
        this.vertx = vertx;
        this.workers = workers;
        this.loops = loops;
    }

    /// Listens. Returns once every loop does.
    ///
    /// @throws IOException where the address cannot be listened on
    public static HttpFront open(HttpConfig config, FrontParts parts) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        int loops = config.eventLoops() == 0 ? cores : config.eventLoops();
        HttpLoops httpLoops = new HttpLoops(config.limits().connections());
        HttpFront front = new HttpFront(
                vertx(loops, httpLoops),
                Executors.newFixedThreadPool(Math.max(2, cores), new DefaultThreadFactory("http-worker", true)),
                httpLoops);
        BodyBudget budget = new BodyBudget(config.limits().bodies().bytes());
        LoopServer.Shared shared = new LoopServer.Shared(config, parts, httpLoops, budget, front.workers);
        try {
            Future<String> deployed = front.vertx.deployVerticle(
                    () -> front.added(new LoopServer(shared)), new DeploymentOptions().setInstances(loops));
            deployed.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            front.close();
            String why = e.getCause() == null ? e.toString() : e.getCause().getMessage();
            throw new IOException("cannot listen on " + config.host() + ":" + config.port() + ": " + why, e);
        }
        return front;
    }

    /// The port it listens on.
    public int port() {
        return servers.getFirst().port();
    }

    /// How many connections are open.
    public int connections() {
        return loops.connections();
    }

    /// Listens no longer, and closes connections as their exchanges end; those that take longer than that are cut.
    /// Completes when all are closed.
    public CompletionStage<Void> stop(Duration atMost) {
        List<Future<Void>> stopped =
                servers.stream().map(server -> server.stop(atMost)).toList();
        return Future.join(stopped).<Void>mapEmpty().toCompletionStage();
    }

    /// Cuts all connections.
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        workers.shutdownNow();
    }

    private LoopServer added(LoopServer server) {
        servers.add(server);
        return server;
    }

    private static Vertx vertx(int eventLoops, HttpLoops loops) {
        Transport transport = Transport.nativeTransport();
        if (transport == null || !transport.available()) {
            LOG.info("No native transport here; serving on java.nio");
            transport = Transport.NIO;
        }
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        return Vertx.builder()
                .with(options)
                .withTransport(new Named(transport, new GuardedTransport(transport.implementation(), loops)))
                .build();
    }

    /// A transport as Vert.x wants it named.
    private record Named(Transport original, io.vertx.core.spi.transport.Transport implementation)
            implements Transport {
        @Override
        public String name() {
            return original.name();
        }

        @Override
        public boolean available() {
            return original.available();
        }

        @Override
        public Throwable unavailabilityCause() {
            return original.unavailabilityCause();
        }
    }
}
