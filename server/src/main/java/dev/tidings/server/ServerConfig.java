package dev.tidings.server;

import dev.tidings.server.http.HttpConfig;
import dev.tidings.server.polling.PollingConfig;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the server is set up.
///
/// @param publicAddress   where clients reach it; the addresses of polled instances begin with it. Null: the
///                        address it listens on
/// @param node            the name of this node in the addresses of polled instances
/// @param futureTolerance how far the `time` of an event may lie in the future
public record ServerConfig(
        HttpConfig http, @Nullable URI publicAddress, String node, PollingConfig polling, Duration futureTolerance) {
    public static final ServerConfig DEFAULT =
            new ServerConfig(HttpConfig.DEFAULT, null, "n1", PollingConfig.DEFAULT, Duration.ofSeconds(60));
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
                http.deadlines().idle().compareTo(polling.longest()) > 0,
                "deadlines.idle is longer than polling.longest, or idle connections are closed between polls");
    }

    public ServerConfig withHttp(HttpConfig newHttp) {
        return new ServerConfig(newHttp, publicAddress, node, polling, futureTolerance);
    }

    public ServerConfig withPolling(PollingConfig newPolling) {
        return new ServerConfig(http, publicAddress, node, newPolling, futureTolerance);
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
