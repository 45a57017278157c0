package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.server.ServerConfig;
import dev.tidings.server.polling.PollingConfig;
import dev.tidings.server.websocket.WebSocketConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Instances whose consumers are silent.
class ExpiryTest {
    @RegisterExtension
    static final RunningBroker broker =
            RunningBroker.with(Branch.CATALOG).and(config -> config.withServer(impatient(config.server())));

    private static final int TEXT_FRAME = 0x81;

    private final Branch shop = Branch.of(broker);

    @Test
    @Proves({Statement.REDELIVERY_ON_END, Statement.POLL_EXPIRES})
    void deliversAgainWhatAnExpiredInstanceHadNotConfirmed() {
        shop.produce("a", "b");
        PolledInstance forgotten = shop.poll("");
        forgotten.poll("events?timeout=0&max=2").expect(200);

        assertThat(Json.ids(shop.subscribe("").events(2))).containsExactly("a", "b");
        forgotten.poll("event?timeout=0").refused(404, "instance-not-found");
    }

    @Test
    @Proves(Statement.WS_PING)
    void endsAConnectionThatAnswersNoPings() {
        Subscription answering = shop.subscribe("group=other&events=false");
        shop.produce("a");
        try (Raw silent = new Raw(broker.address())) {
            silent.head(
                    "GET /ce/consume/ws HTTP/1.1",
                    "Authorization: Bearer " + shop.consumer().token(),
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
            silent.reply().expect(101);
            assertThat(silent.read(1)).as("a text frame").containsExactly(TEXT_FRAME);

            assertThat(Json.ids(shop.subscribe("").events(1))).containsExactly("a");
        }
        shop.test("t");
        assertThat(Json.ids(answering.events(1))).containsExactly("t");
    }

    private static ServerConfig impatient(ServerConfig config) {
        Duration second = Duration.ofSeconds(1);
        PollingConfig polling = config.polling();
        WebSocketConfig socket = config.webSocket();
        return config.withPolling(new PollingConfig(
                        second,
                        second,
                        second.multipliedBy(2),
                        polling.batch(),
                        polling.largest(),
                        polling.batchBytes()))
                .withWebSocket(new WebSocketConfig(
                        socket.window(),
                        socket.message(),
                        socket.reports(),
                        socket.compression(),
                        socket.perClient(),
                        new WebSocketConfig.Timing(second, second.multipliedBy(3), second)));
    }
}
