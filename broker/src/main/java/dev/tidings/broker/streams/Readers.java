package dev.tidings.broker.streams;

import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many readers there are, of each client and in all. May be used by any thread.
final class Readers {
    private static final Duration LATER = Duration.ofSeconds(5);

    private final StreamsConfig config;
    private final Map<ClientName, Integer> counts = new HashMap<>();
    private int all;

    Readers(StreamsConfig config) {
        this.config = config;
    }

    /// Counts one more, unless there are as many as there may be: then it says so.
    synchronized @Nullable Refusal admit(ClientName client) {
        int count = counts.getOrDefault(client, 0);
        if (count >= config.perClient()) {
            return Refusal.retryable(
                    ErrorCode.OVER_QUOTA,
                    client + " reads streams " + count
                            + " times at once, as often as it may; end one of the readers first",
                    LATER);
        }
        if (all >= config.readers()) {
            return Refusal.retryable(
                    ErrorCode.OVER_QUOTA,
                    "all clients together read streams " + all + " times at once, as often as they may; try again",
                    LATER);
        }
        counts.put(client, count + 1);
        all++;
        return null;
    }

    synchronized void release(ClientName client) {
        counts.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
        all--;
    }

    synchronized int count() {
        return all;
    }
}
