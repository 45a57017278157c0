package dev.tidings.server.http;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The server on one event loop. Vert.x gives each connection to one of those that listen on the same port.
final class LoopServer extends VerticleBase {
    /// The name of the one port that all share when the system chooses it.
    private static final int SHARED_PORT = 1;
    private static final int MAX_CHUNK = 64 * 1024;
    private static final int BACKLOG = 4096;
    private static final int STREAMS = 250;
    private static final int CONNECTION_WINDOW = 4 * 1024 * 1024;
    private static final int STREAM_WINDOW = 256 * 1024;

    private final Shared shared;
    private @Nullable HttpServer server;

    /// What all of them have in common.
    record Shared(HttpConfig config, FrontParts parts, HttpLoops loops, BodyBudget budget, Executor workers) {}

    LoopServer(Shared shared) {
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        HttpConfig config = shared.config;
        EventLoop eventLoop = ((ContextInternal) context).nettyEventLoop();
        HttpLoop loop = new HttpLoop(eventLoop, config.deadlines(), shared.parts.nanoTime());
        shared.loops.add(eventLoop, loop);
        loop.tick(shared.parts.clock().instant());
        vertx.setPeriodic(
                HttpLoop.tickEvery(config.deadlines()).toMillis(),
                _ -> loop.tick(shared.parts.clock().instant()));
        Door door = door(loop);
        server = vertx.createHttpServer(serverConfig(config), shared.parts.tls())
                .connectionHandler(loop::opened)
                .invalidRequestHandler(door::handleInvalid)
                .requestHandler(door::handle);
        return server.listen(
                config.port() == 0
                        ? SocketAddress.sharedRandomPort(SHARED_PORT, config.host())
                        : SocketAddress.inetSocketAddress(config.port(), config.host()));
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    Future<Void> stop(Duration atMost) {
        return server == null ? Future.succeededFuture() : server.shutdown(atMost);
    }

    private Door door(HttpLoop loop) {
        FrontParts parts = shared.parts;
        ExchangeParts exchangeParts = new ExchangeParts(
                shared.config,
                loop,
                parts.authenticator(),
                new ProblemAnswers(parts.random(), parts.refusals()::refused),
                parts.refusals(),
                shared.budget,
                shared.workers);
        return new Door(new Paths(), parts.routes(), exchangeParts, parts.traffic());
    }

    private HttpServerConfig serverConfig(HttpConfig config) {
        HttpConfig.Limits limits = config.limits();
        HttpServerConfig vertxConfig = new HttpServerConfig()
                .setHandle100ContinueAutomatically(false)
                .setHttp1Config(new Http1ServerConfig()
                        .setMaxInitialLineLength((int) limits.requestLine().bytes())
                        .setMaxHeaderSize((int) limits.headers().bytes())
                        .setMaxChunkSize(MAX_CHUNK))
                .setHttp2Config(new Http2ServerConfig()
                        .setConnectionWindowSize(CONNECTION_WINDOW)
                        .setInitialSettings(new Http2Settings()
                                .setMaxConcurrentStreams(STREAMS)
                                .setInitialWindowSize(STREAM_WINDOW)
                                .setMaxHeaderListSize(limits.headers().bytes())))
                .setWebSocketConfig(shared.parts.webSocket());
        vertxConfig.getTcpConfig().setAcceptBacklog(BACKLOG);
        return vertxConfig;
    }
}
