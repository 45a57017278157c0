package dev.tidings.dist.node;

import dev.tidings.cli.Complaint;
import dev.tidings.cli.Reasons;
import dev.tidings.server.http.HttpConfig;
import java.io.IOException;

/// An address cannot be listened on.
public final class PortInUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    PortInUse(HttpConfig http, IOException cause) {
        super(
                "cannot listen on " + http.host() + ":" + http.port() + ": " + Reasons.of(cause)
                        + "; choose another port with --port",
                cause);
    }

    public Complaint complaint() {
        return Complaint.wrongInput(String.valueOf(getMessage()));
    }
}
