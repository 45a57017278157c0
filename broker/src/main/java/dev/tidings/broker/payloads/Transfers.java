package dev.tidings.broker.payloads;

import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many payloads are on their way, in or out: each holds a little memory for as long as its client likes. May be
/// used by any thread.
public final class Transfers {
    private final PayloadConfig config;
    private final Map<ClientName, Integer> clients = new HashMap<>();
    private int all;

    Transfers(PayloadConfig config) {
        this.config = config;
    }

    /// Lets one more on its way, which [#leave]s then; or says why not.
    public synchronized @Nullable Refusal enter(ClientName client) {
        int own = clients.getOrDefault(client, 0);
        if (own >= config.clientTransfers()) {
            return Refusal.retryable(
                    ErrorCode.OVER_QUOTA,
                    "the client has " + own + " payloads on their way, as many as it may",
                    Duration.ofSeconds(1));
        }
        if (all >= config.transfers()) {
            return Refusal.retryable(
                    ErrorCode.NOT_READY,
                    "as many payloads are on their way as may be; try again",
                    Duration.ofSeconds(1));
        }
        clients.put(client, own + 1);
        all++;
        return null;
    }

    public synchronized void leave(ClientName client) {
        clients.computeIfPresent(client, (_, own) -> own == 1 ? null : own - 1);
        all--;
    }

    synchronized int count() {
        return all;
    }
}
