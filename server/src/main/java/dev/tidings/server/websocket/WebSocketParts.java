package dev.tidings.server.websocket;

import dev.tidings.wire.CloudEvents;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What all connections share.
///
/// @param workers run what would hold up an event loop
public record WebSocketParts(WebSocketConfig config, CloudEvents events, InstantSource clock, Executor workers) {}
