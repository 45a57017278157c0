package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends a connection, and with which code.
class WebSocketEndTest {
    private static final int MESSAGE_LIMIT = 1 << 20;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "confirm",
                "confirm:",
                "confirm:0",
                "confirm:-1",
                "confirm:1.0",
                "confirm: 1",
                "confirm:99999999999999999999",
                "CONFIRM:1",
                "dead:",
                "dead:nonsense",
                "dead:[]",
                "dead:{\"offset\":\"7\"}",
                "{}"
            })
    @Proves(Statement.WS_CLOSE_1008)
    void closesWith1008WhereAMessageIsNoneOfTheProtocol(String message) {
        shop.produce("a");
        Subscription subscription = shop.subscribe("");
        subscription.event();

        subscription.send(message);

        Subscription.Message.Closed closed = subscription.closed();
        assertThat(closed.code()).isEqualTo(1008);
        assertThat(closed.reason()).isNotBlank();
        assertThat(Json.ids(shop.subscribe("").events(1))).containsExactly("a");
    }

    @Test
    @Proves(Statement.WS_CLOSE_1003)
    void closesWith1003OnABinaryMessage() {
        Subscription subscription = shop.subscribe("");

        subscription.send(new byte[] {1, 2, 3});

        assertThat(subscription.closed().code()).isEqualTo(1003);
    }

    @Test
    @Proves(Statement.WS_CLOSE_1007)
    void closesWith1007OnTextThatIsNotUtf8() {
        try (Raw raw = new Raw(broker.address())) {
            raw.head(
                    "GET /ce/consume/ws HTTP/1.1",
                    "Authorization: Bearer " + shop.consumer().token(),
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
            raw.reply().expect(101);
            int text = 0x81;
            int masked = 0x80;
            raw.write(new byte[] {(byte) text, (byte) (masked | 2), 0, 0, 0, 0, (byte) 0xC3, 0x28});

            byte[] answer = raw.read(4);

            assertThat(answer[0]).as("a close frame").isEqualTo((byte) 0x88);
            assertThat(Byte.toUnsignedInt(answer[2]) << 8 | Byte.toUnsignedInt(answer[3]))
                    .isEqualTo(1007);
        }
    }

    @Test
    @Proves(Statement.WS_CLOSE_1009)
    void closesWith1009OnAMessageThatIsTooLarge() {
        Subscription subscription = shop.subscribe("");

        var _ = subscription.socket().sendText("dead:" + "x".repeat(MESSAGE_LIMIT), true);

        assertThat(subscription.closed().code()).isEqualTo(1009);
    }

    @Test
    void takesAMessageOfTheLargestSize() {
        shop.produce("a");
        Subscription subscription = shop.subscribe("");
        String event = subscription.event().toString();

        subscription.send("dead:" + event + " ".repeat(MESSAGE_LIMIT - "dead:".length() - event.length()));

        assertThat(Json.ids(shop.subscribe("events=false&dead=true").events(1))).containsExactly("a");
    }
}
