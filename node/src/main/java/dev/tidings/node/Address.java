package dev.tidings.node;

import dev.tidings.server.http.HttpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Looks whether an address can be listened on, before a store is opened for it.
final class Address {
    private Address() {}

    static InetAddress of(HttpConfig http) {
        try {
            return InetAddress.getByName(http.host());
        } catch (UnknownHostException e) {
            throw new CannotStart("server.http.host: there is no host '" + http.host() + "' here");
        }
    }

    /// Throws a [PortInUse] if somebody else listens there.
    static void claim(HttpConfig http) {
        InetAddress address = of(http);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, http.port()));
        } catch (IOException e) {
            throw new PortInUse(http, e);
        }
    }
}
