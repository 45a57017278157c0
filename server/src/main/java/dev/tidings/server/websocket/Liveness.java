package dev.tidings.server.websocket;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether the consumer is still there. Anything that it sends shows that it is. Silence counts from the moment
/// the network took a ping: one that still waits behind deliveries proves a slow reader, not a dead one.
final class Liveness {
    private final Duration patience;
    private boolean pinging;
    private @Nullable Instant unansweredSince;

    Liveness(Duration patience) {
        this.patience = patience;
    }

    /// What is to be done now.
    enum Step {
        PING,
        WAIT,
        GIVE_UP
    }

    Step tick(Instant now) {
        Instant since = unansweredSince;
        if (since != null && !now.isBefore(since.plus(patience))) {
            return Step.GIVE_UP;
        }
        if (pinging) {
            return Step.WAIT;
        }
        pinging = true;
        return Step.PING;
    }

    void pingTaken(Instant now) {
        pinging = false;
        if (unansweredSince == null) {
            unansweredSince = now;
        }
    }

    void heard() {
        unansweredSince = null;
    }
}
