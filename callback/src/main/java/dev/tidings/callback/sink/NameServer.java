package dev.tidings.callback.sink;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a name server as configurations have it: `10.0.0.53`, `10.0.0.53:5353`, `fd00::53`,
/// `[fd00::53]:5353`.
public final class NameServer {
    private static final int PORT = 53;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private NameServer() {}

    /// An [IllegalArgumentException] says where the text is none.
    public static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean ported = bracketed ? colon > text.indexOf(']') : colon >= 0 && colon == text.indexOf(':');
        String host = ported ? text.substring(0, colon) : text;
        Optional<InetAddress> address =
                AddressBlock.literal(bracketed && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
        int port = ported ? port(text.substring(colon + 1)) : PORT;
        if (address.isEmpty() || port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("expected the address of a name server such as 10.0.0.53, 10.0.0.53:5353"
                    + " or [fd00::53]:5353, found '" + text + "'");
        }
        return new InetSocketAddress(address.get(), port);
    }

    private static int port(String text) {
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }
}
