package dev.tidings.server;

import dev.tidings.server.auth.IssuerConfig;
import dev.tidings.server.http.HttpConfig;
import dev.tidings.server.metrics.MetricsConfig;
import dev.tidings.server.polling.PollingConfig;
import dev.tidings.server.streams.StreamingConfig;
import dev.tidings.server.tls.TlsConfig;
import dev.tidings.server.websocket.WebSocketConfig;
import dev.tidings.wire.CloudEvents;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the server is set up.
///
/// @param publicAddress   where clients reach it; the addresses of polled instances begin with it. Null: the
///                        address it listens on
/// @param node            the name of this node in the addresses of polled instances
/// @param events          what events may be like
/// @param futureTolerance how far the `time` of an event may lie in the future
public record ServerConfig(
        HttpConfig http,
        @Nullable URI publicAddress,
        String node,
        PollingConfig polling,
        WebSocketConfig webSocket,
        StreamingConfig streams,
        TlsConfig tls,
        IssuerConfig tokens,
        MetricsConfig metrics,
        CloudEvents.Limits events,
        Duration futureTolerance) {
    public static final ServerConfig DEFAULT = new ServerConfig(
            HttpConfig.DEFAULT,
            null,
            "n1",
            PollingConfig.DEFAULT,
            WebSocketConfig.DEFAULT,
            StreamingConfig.DEFAULT,
            TlsConfig.DEFAULT,
            IssuerConfig.DEFAULT,
            MetricsConfig.DEFAULT,
            CloudEvents.Limits.DEFAULT,
            Duration.ofSeconds(60));
    private static final int NODE_LENGTH = 63;

    public ServerConfig {
        require(wellFormed(node), "node is 1 to 63 letters, digits and '-': " + node);
        require(!futureTolerance.isNegative(), "future-tolerance is not negative");
        require(
                publicAddress == null || publicAddress.isAbsolute() && publicAddress.getHost() != null,
                "public-address is an absolute address such as https://events.example.org: " + publicAddress);
        require(
                publicAddress == null || publicAddress.getQuery() == null && publicAddress.getFragment() == null,
                "public-address has no query and no fragment: " + publicAddress);
        require(
                events.event().compareTo(http.limits().request()) <= 0,
                "the largest event is no larger than the largest request");
        require(
                http.deadlines().idle().compareTo(polling.longest()) > 0,
                "deadlines.idle is longer than polling.longest, or idle connections are closed between polls");
    }

    public ServerConfig withPublicAddress(URI newAddress) {
        return new ServerConfig(
                http, newAddress, node, polling, webSocket, streams, tls, tokens, metrics, events, futureTolerance);
    }

    public ServerConfig withHttp(HttpConfig newHttp) {
        return new ServerConfig(
                newHttp,
                publicAddress,
                node,
                polling,
                webSocket,
                streams,
                tls,
                tokens,
                metrics,
                events,
                futureTolerance);
    }

    public ServerConfig withPolling(PollingConfig newPolling) {
        return new ServerConfig(
                http,
                publicAddress,
                node,
                newPolling,
                webSocket,
                streams,
                tls,
                tokens,
                metrics,
                events,
                futureTolerance);
    }

    public ServerConfig withWebSocket(WebSocketConfig newWebSocket) {
        return new ServerConfig(
                http,
                publicAddress,
                node,
                polling,
                newWebSocket,
                streams,
                tls,
                tokens,
                metrics,
                events,
                futureTolerance);
    }

    public ServerConfig withStreams(StreamingConfig newStreams) {
        return new ServerConfig(
                http,
                publicAddress,
                node,
                polling,
                webSocket,
                newStreams,
                tls,
                tokens,
                metrics,
                events,
                futureTolerance);
    }

    public ServerConfig withTls(TlsConfig newTls) {
        return new ServerConfig(
                http,
                publicAddress,
                node,
                polling,
                webSocket,
                streams,
                newTls,
                tokens,
                metrics,
                events,
                futureTolerance);
    }

    public ServerConfig withTokens(IssuerConfig newTokens) {
        return new ServerConfig(
                http,
                publicAddress,
                node,
                polling,
                webSocket,
                streams,
                tls,
                newTokens,
                metrics,
                events,
                futureTolerance);
    }

    public ServerConfig withMetrics(MetricsConfig newMetrics) {
        return new ServerConfig(
                http,
                publicAddress,
                node,
                polling,
                webSocket,
                streams,
                tls,
                tokens,
                newMetrics,
                events,
                futureTolerance);
    }

    /// Where clients reach a server with this configuration, without a slash at its end.
    ///
    /// @param port the port it listens on
    String address(String scheme, int port) {
        if (publicAddress != null) {
            String address = publicAddress.toString();
            return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        }
        String host = http.host();
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static boolean wellFormed(String node) {
        return !node.isEmpty()
                && node.length() <= NODE_LENGTH
                && node.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-'));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
