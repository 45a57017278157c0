package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.server.ServerConfig;
import dev.tidings.server.polling.PollingConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Instances that nobody calls.
class ExpiryTest {
    @RegisterExtension
    static final RunningBroker broker =
            RunningBroker.with(Branch.CATALOG).and(config -> config.withServer(impatient(config.server())));

    private final Branch shop = Branch.of(broker);

    @Test
    @Proves(Statement.REDELIVERY_ON_END)
    void deliversAgainWhatAnExpiredInstanceHadNotConfirmed() {
        shop.produce("a", "b");
        PolledInstance forgotten = shop.poll("");
        forgotten.poll("events?timeout=0&max=2").expect(200);

        assertThat(Json.ids(shop.subscribe("").events(2))).containsExactly("a", "b");
        forgotten.poll("event?timeout=0").refused(404, "instance-not-found");
    }

    private static ServerConfig impatient(ServerConfig config) {
        PollingConfig polling = config.polling();
        return config.withPolling(new PollingConfig(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                polling.batch(),
                polling.largest(),
                polling.batchBytes()));
    }
}
