package dev.tidings.server.websocket;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// How consumers over WebSocket are kept.
///
/// @param window      how much JSON may be on its way to one consumer and not yet taken by the network
/// @param message     the largest message a consumer may send
/// @param reports     how many reports of dead events one consumer may have waiting to be stored
/// @param compression whether permessage-deflate (RFC 7692) is accepted where a consumer offers it
/// @param perClient   how many connections one client may have open, where its quota says nothing else
public record WebSocketConfig(
        DataSize window, DataSize message, int reports, boolean compression, int perClient, Timing timing) {
    public static final WebSocketConfig DEFAULT =
            new WebSocketConfig(DataSize.ofKibibytes(256), DataSize.ofMebibytes(1), 16, true, 1_000, Timing.DEFAULT);

    public WebSocketConfig {
        require(window.bytes() >= 1024 && window.bytes() <= 1 << 30, "window is 1KiB to 1GiB");
        require(message.bytes() >= 1024 && message.bytes() <= 64 << 20, "message is 1KiB to 64MiB");
        require(reports >= 1, "reports is at least 1");
        require(perClient >= 1, "per-client is at least 1");
    }

    /// @param ping    how often the server pings
    /// @param silence how long a consumer may leave a ping unanswered
    /// @param closing how long a consumer may take to agree to the end of a connection
    public record Timing(Duration ping, Duration silence, Duration closing) {
        public static final Timing DEFAULT =
                new Timing(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(5));

        public Timing {
            require(ping.isPositive() && closing.isPositive(), "ping and closing are longer than nothing");
            require(silence.compareTo(ping) >= 0, "silence is at least as long as ping");
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
