/// Consuming over WebSocket.
@NullMarked
package dev.tidings.server.websocket;

import org.jspecify.annotations.NullMarked;
