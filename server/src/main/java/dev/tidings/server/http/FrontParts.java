package dev.tidings.server.http;

import dev.tidings.server.auth.Authenticator;
import io.vertx.core.http.WebSocketServerConfig;
import io.vertx.core.net.ServerSSLOptions;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the front is given by the rest of the server.
///
/// @param clock     for the `Date` header
/// @param nanoTime  for deadlines
/// @param random    for correlation ids
/// @param refusals  is told of each error that is answered; called by any thread
/// @param tls       null: without TLS
/// @param webSocket what Vert.x is told of WebSockets
public record FrontParts(
        Routes routes,
        Authenticator authenticator,
        Traffic traffic,
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        Refusals refusals,
        @Nullable ServerSSLOptions tls,
        WebSocketServerConfig webSocket) {}
