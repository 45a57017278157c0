package dev.tidings.server.metrics;

import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Route;
import io.vertx.core.net.SocketAddress;

/// Lets callers from this machine pass, and has all others prove that they may.
public final class LocalOr implements Route {
    private final Route open;
    private final Route guarded;

    /// @param guarded the same behind a check of the caller, who is known by then
    public LocalOr(Route open, Route guarded) {
        this.open = open;
        this.guarded = guarded;
    }

    @Override
    public void handle(Exchange exchange) {
        if (local(exchange.request().remoteAddress())) {
            open.handle(exchange);
        } else {
            exchange.identify(() -> guarded.handle(exchange));
        }
    }

    private static boolean local(SocketAddress remote) {
        String address = remote.hostAddress();
        return address != null
                && (address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1"));
    }
}
