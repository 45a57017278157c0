package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.model.Bytes;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Consuming over WebSocket: how it begins, and what is said.
class WebSocketTest {
    private static final String[] HANDSHAKE = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
    };

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @Test
    @Proves(Statement.WS_SUBPROTOCOL)
    void speaksItsSubprotocol() {
        assertThat(shop.subscribe("").socket().getSubprotocol()).isEqualTo("cloudevents.json");
    }

    @Test
    @Proves(Statement.WS_SUBPROTOCOL)
    void choosesItsSubprotocolAmongOthers() {
        Subscription subscription = connect(shop.consumer().socket().subprotocols("soap", "cloudevents.json"));

        assertThat(subscription.socket().getSubprotocol()).isEqualTo("cloudevents.json");
    }

    @Test
    @Proves(Statement.WS_OTHER_SUBPROTOCOL)
    void refusesAClientThatSpeaksOtherSubprotocolsOnly() {
        assertThatThrownBy(() -> connect(shop.consumer().socket().subprotocols("soap", "mqtt")))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    @Proves(Statement.WS_OTHER_SUBPROTOCOL)
    void saysWhichSubprotocolItExpects() {
        try (Raw raw = new Raw(broker.address())) {
            raw.head("GET /ce/consume/ws HTTP/1.1", handshake("Sec-WebSocket-Protocol: soap"));

            raw.reply().refused(400, "unsupported-subprotocol").saying("cloudevents.json");
        }
    }

    @Test
    @Proves(Statement.WS_NO_SUBPROTOCOL)
    void acceptsAClientThatAsksForNoSubprotocol() {
        shop.produce("a");

        Subscription subscription = connect(shop.consumer().socket());

        assertThat(subscription.socket().getSubprotocol()).isEmpty();
        assertThat(Json.ids(subscription.events(1))).containsExactly("a");
    }

    @Test
    @Proves(Statement.WS_TEXT_MESSAGE)
    void sendsEachEventAsOneTextMessage() {
        ObjectNode sent = shop.order("a", "Käthe").put("time", "2026-01-31T12:00:00Z");
        shop.produce(sent, shop.order("b"));

        List<JsonNode> received = shop.subscribe("").events(2);

        ObjectNode first = (ObjectNode) received.getFirst();
        assertThat(first.remove("offset").asString()).isEqualTo("1");
        assertThat(first).isEqualTo(sent);
        assertThat(received.get(1).path("time").asString()).isNotBlank();
        assertThat(received.get(1).path("offset").asString()).isEqualTo("2");
    }

    @Test
    @Proves(Statement.WS_BINARY_AS_BASE64)
    void sendsBinaryPayloadsAsBase64() {
        byte[] payload = {0, 1, (byte) 0xFF, (byte) 0xFE};
        shop.producer()
                .send(Call.post("/ce/produce/raw")
                        .header("ce-specversion", "1.0")
                        .header("ce-id", "a")
                        .header("ce-source", "/" + shop.name())
                        .header("ce-type", shop.placed())
                        .type("application/octet-stream")
                        .body(Bytes.of(payload)))
                .accepted(1, 0);

        JsonNode event = shop.subscribe("").event();

        assertThat(Base64.getDecoder().decode(event.path("data_base64").asString()))
                .isEqualTo(payload);
        assertThat(event.path("datacontenttype").asString()).isEqualTo("application/octet-stream");
        assertThat(event.has("data")).isFalse();
    }

    @Test
    @Proves(Statement.WS_DEAD)
    void keepsAReportAsItIsBesideTheOriginal() {
        shop.produce(shop.event(shop.weighed(), "a"));
        Subscription subscription = shop.subscribe("");
        ObjectNode event = (ObjectNode) subscription.event();
        event.put("error", "too heavy").putObject("data").put("grams", "a ton");

        subscription.dead(event);

        JsonNode delivered = shop.subscribe("events=false&dead=true").event();
        assertThat(delivered.path("error").asString()).isEqualTo("too heavy");
        assertThat(delivered.path("data").path("grams").asString()).isEqualTo("a ton");
        assertThat(shop.dead()).singleElement().satisfies(dead -> {
            assertThat(dead.path("reported").path("data").path("grams").asString())
                    .isEqualTo("a ton");
            assertThat(dead.path("original").path("data").path("grams").asInt()).isEqualTo(1);
            assertThat(dead.path("client").asString()).isEqualTo(shop.name() + "-desk");
            assertThat(dead.path("instance").asString()).isNotBlank();
            assertThat(dead.path("deadSince").asString()).isNotBlank();
        });
    }

    @Test
    @Proves(Statement.WS_DEAD_CONFIRMS_ITSELF)
    void takesADeadEventAsConfirmedAndNoneBeforeIt() {
        shop.produce("a", "b", "c");
        Subscription subscription = shop.subscribe("");

        subscription.dead(subscription.events(3).get(1));
        subscription.close();

        assertThat(Json.ids(shop.subscribe("").events(2))).containsExactly("a", "c");
        assertThat(Json.ids(shop.subscribe("events=false&dead=true").events(1))).containsExactly("b");
    }

    private Subscription connect(WebSocket.Builder builder) {
        Subscription subscription = new Subscription();
        URI address = URI.create(shop.consumer().socketAddress(""));
        return subscription.over(Deadline.await(builder.buildAsync(address, subscription.listener())));
    }

    private String[] handshake(String more) {
        List<String> headers = new ArrayList<>(List.of(HANDSHAKE));
        headers.add(more);
        headers.add("Authorization: Bearer " + shop.consumer().token());
        return headers.toArray(String[]::new);
    }
}
