package dev.tidings.server.auth;

import dev.tidings.broker.catalog.Catalog;
import java.net.InetAddress;
import java.util.Optional;

/// Whether a server may start with these credentials on this address.
public final class StartRules {
    private StartRules() {}

    /// Why it must not start, in words for the person who starts it; empty where it may.
    ///
    /// @param insecure whether it was told to believe everybody
    public static Optional<String> objection(Catalog catalog, boolean insecure, InetAddress address) {
        if (insecure) {
            return address.isLoopbackAddress()
                    ? Optional.empty()
                    : Optional.of("an insecure server listens on loopback only, not on " + address.getHostAddress()
                            + ": bind 127.0.0.1, or give the clients in the catalog credentials");
        }
        boolean somebody = catalog.clients().values().stream()
                .anyMatch(client -> !client.credentials().isEmpty());
        return somebody
                ? Optional.empty()
                : Optional.of("no client in the catalog has a credential, so nobody could use this server: add"
                        + " credentials, or start it with --insecure to try it out on loopback");
    }
}
