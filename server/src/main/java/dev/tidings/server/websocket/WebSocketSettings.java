package dev.tidings.server.websocket;

import io.vertx.core.http.WebSocketServerConfig;
import java.util.List;

/// What Vert.x is told of WebSockets.
public final class WebSocketSettings {
    private WebSocketSettings() {}

    public static WebSocketServerConfig of(WebSocketConfig config) {
        return new WebSocketServerConfig()
                .setSubProtocols(List.of(Handshake.SUBPROTOCOL))
                .setMaxFrameSize((int) config.message().bytes())
                .setMaxMessageSize((int) config.message().bytes())
                .setUseUnmaskedFrames(false)
                .setUsePerFrameCompression(false)
                .setUsePerMessageCompression(config.compression())
                .setClosingTimeout(config.timing().closing());
    }
}
