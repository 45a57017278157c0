package dev.tidings.callback.sink;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a sink is, taken from its URI.
///
/// @param tls    whether requests go over TLS
/// @param host   a name in small letters without a dot at its end, or an address; one of IPv6 without brackets
/// @param target path and query, as they stand in the request line
public record SinkAddress(boolean tls, String host, int port, String target) {
    private static final int LONGEST = 2048;

    /// What a text turned out to be.
    public sealed interface Parsed {
        record Good(SinkAddress address) implements Parsed {}

        /// @param why what was expected and what was found, in a sentence
        record Bad(String why) implements Parsed {}
    }

    public static Parsed of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return new Parsed.Bad("the sink is an absolute URI that begins with https:// (or http://)");
        }
        String raw = uri.getHost();
        if (raw == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return new Parsed.Bad("the sink names a host (ASCII; other scripts in their xn-- form), and no user,"
                    + " password or fragment");
        }
        if (uri.toString().length() > LONGEST) {
            return new Parsed.Bad("the sink is a URI of at most " + LONGEST + " characters");
        }
        int port = uri.getPort() < 0 ? scheme.equals("https") ? 443 : 80 : uri.getPort();
        if (port < 1 || port > 0xffff) {
            return new Parsed.Bad("the port of the sink is 1 to 65535, found " + port);
        }
        String host = host(raw);
        return host != null
                ? new Parsed.Good(new SinkAddress(scheme.equals("https"), host, port, target(uri)))
                : new Parsed.Bad("the host of the sink is a name, an IPv4 address of four decimal numbers, or an IPv6"
                        + " address in brackets; found '" + raw + "'");
    }

    /// As it stands in the `Host` header and in messages.
    public String authority() {
        return port == (tls ? 443 : 80) ? namedHost() : namedHost() + ":" + port;
    }

    /// The host as it stands in an address.
    String namedHost() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static @Nullable String host(String raw) {
        String host = raw.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            String inside = host.substring(1, host.length() - 1);
            return AddressBlock.literal(inside).isPresent() ? inside : null;
        }
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return AddressBlock.literal(bare).isPresent() || HostName.isWellFormed(bare) ? bare : null;
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
