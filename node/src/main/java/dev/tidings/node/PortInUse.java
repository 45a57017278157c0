package dev.tidings.node;

import dev.tidings.server.http.HttpConfig;
import java.io.IOException;

/// An address cannot be listened on.
public final class PortInUse extends CannotStart {
    private static final long serialVersionUID = 1;

    PortInUse(HttpConfig http, IOException cause) {
        super("cannot listen on " + http.host() + ":" + http.port(), cause);
    }
}
