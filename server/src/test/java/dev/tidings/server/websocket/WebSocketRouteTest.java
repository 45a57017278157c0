package dev.tidings.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Outlet.Ending;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import dev.tidings.server.fake.FakeInstance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketRouteTest {
    private static SocketFixture server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = new SocketFixture(WebSocketConfig.DEFAULT);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    @Timeout(20)
    void endsTheExchangeOfAClientThatLeavesWhileItsInstanceIsOpened() {
        try (SocketFixture own = new SocketFixture(WebSocketConfig.DEFAULT)) {
            own.instances.ready = new CompletableFuture<>();
            FakeInstance instance;
            try (RawSocket socket = own.connect()) {
                socket.raw((RawSocket.HANDSHAKE + "\r\n").getBytes(StandardCharsets.US_ASCII));
                instance = own.instances.next();
            }
            while (own.tcpConnections() > 0) {
                Thread.onSpinWait();
            }

            own.instances.ready.complete(null);

            instance.closed.join();
            own.traffic.drain().toCompletableFuture().join();
            assertThat(own.connections.count()).isZero();
        }
    }

    /// A consumer of the JDK's.
    private static final class Consumer implements WebSocket.Listener {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("closed " + code + " " + reason);
            return null;
        }

        String next() throws InterruptedException {
            return heard.poll(10, TimeUnit.SECONDS);
        }
    }

    private static WebSocket open(Consumer consumer, String query) {
        return client.newWebSocketBuilder()
                .subprotocols("cloudevents.json")
                .header("Authorization", "Bearer shop")
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/ce/consume/ws" + query), consumer)
                .join();
    }

    private static HttpResponse<String> get(String query, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/ce/consume/ws" + query));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void deliversEachEventAsOneTextMessage() throws InterruptedException {
        Consumer consumer = new Consumer();
        WebSocket socket = open(consumer, "");
        FakeInstance instance = server.instances.next();
        assertThat(instance.next()).isEqualTo("grant 262144");

        instance.deliver(
                "{\"id\":\"ä\"}", "{\"id\":\"" + "x".repeat(200) + "\"}", "{\"id\":\"" + "y".repeat(70_000) + "\"}");

        assertThat(socket.getSubprotocol()).isEqualTo("cloudevents.json");
        assertThat(consumer.next()).isEqualTo("{\"offset\":\"1\",\"id\":\"ä\"}");
        assertThat(consumer.next()).isEqualTo("{\"offset\":\"2\",\"id\":\"" + "x".repeat(200) + "\"}");
        assertThat(consumer.next()).isEqualTo("{\"offset\":\"3\",\"id\":\"" + "y".repeat(70_000) + "\"}");
        socket.abort();
    }

    @Test
    void passesConfirmationsAndReportsOn() throws InterruptedException {
        Consumer consumer = new Consumer();
        WebSocket socket = open(consumer, "");
        FakeInstance instance = server.instances.next();
        instance.next();
        instance.deliver("{\"id\":\"1\"}", "{\"id\":\"2\"}");
        assertThat(consumer.next()).isNotNull();
        assertThat(consumer.next()).isNotNull();

        socket.sendText("confirm:1", true).join();
        assertThat(instance.next()).isEqualTo("confirm 1");
        socket.sendText("dead:{\"off", false).join();
        socket.sendText("set\":\"2\",\"id\":\"2\"}", true).join();
        assertThat(instance.next()).isEqualTo("dead 2");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").join();

        assertThat(instance.next()).isEqualTo("close");
    }

    @Test
    void endsTheInstanceWhenTheConnectionIsLost() {
        WebSocket socket = open(new Consumer(), "");
        FakeInstance instance = server.instances.next();

        socket.abort();

        assertThat(instance.closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void opensTheInstanceThatTheParametersDescribe() {
        WebSocket socket = open(
                new Consumer(),
                "?events=false&dead=true&group=night&inflight=7&types=A.B.C.D,A.B.C.E&maxDeliveries=3&process=pm-1&ackTimeout=30&maxRate=50&from=2026-01-01T00%3A00%3A00%2B01%3A00");

        FakeInstance instance = server.instances.next();
        assertThat(instance.caller.client()).isEqualTo(new ClientName("shop"));
        assertThat(instance.opening)
                .isEqualTo(new Opening(
                        "night",
                        Set.of(Lane.TEST, Lane.DEAD),
                        7,
                        Set.of(new EventType("A.B.C.D"), new EventType("A.B.C.E")),
                        3,
                        new Opening.Start.At(Instant.parse("2025-12-31T23:00:00Z")),
                        new Opening.Patience("pm-1", Duration.ofSeconds(30)),
                        50));
        socket.abort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?events=maybe",
                "?group=~mine",
                "?inflight=0",
                "?inflight=x",
                "?types=a..b",
                "?maxDeliveries=0",
                "?from=soon"
            })
    void refusesABadParameterBeforeTheUpgrade(String query) {
        try (RawSocket socket = server.connect()) {
            socket.raw(RawSocket.HANDSHAKE
                    .replace("/ce/consume/ws", "/ce/consume/ws" + query)
                    .concat("\r\n")
                    .getBytes(StandardCharsets.UTF_8));

            assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Connection: Upgrade, Connection: close",
        "Upgrade: websocket, Upgrade: telnet",
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: short",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X-Nothing: here"
    })
    void refusesABadHandshakeWithAProblem(String header, String replacement) {
        try (RawSocket socket = server.connect()) {
            socket.raw(RawSocket.HANDSHAKE
                    .replace(header, replacement)
                    .concat("\r\n")
                    .getBytes(StandardCharsets.UTF_8));

            assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        }
    }

    @Test
    void refusesAPlainRequestWithAHintAtPolling() {
        HttpResponse<String> answer = get("");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("POST /ce/consumers");
    }

    @Test
    void refusesAClientThatAsksForOtherSubprotocolsOnly() {
        try (RawSocket socket = server.connect()) {
            assertThat(socket.handshake("Sec-WebSocket-Protocol: mqtt, cloudevents.avro"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json");
        }
    }

    @Test
    void choosesItsSubprotocolAmongSeveral() {
        try (RawSocket socket = server.connect()) {
            assertThat(socket.handshake("Sec-WebSocket-Protocol: mqtt, cloudevents.json"))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-protocol: cloudevents.json");
            server.instances.next();
        }
    }

    @Test
    void acceptsAClientThatAsksForNoSubprotocol() {
        try (RawSocket socket = server.connect()) {
            assertThat(socket.handshake())
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("sec-websocket-protocol");
            server.instances.next();
        }
    }

    @Test
    void refusesAnUnknownCallerBeforeTheUpgrade() {
        try (RawSocket socket = server.connect()) {
            assertThat(socket.handshake("Authorization: Basic eDp5"))
                    .startsWith("HTTP/1.1 401 ")
                    .containsIgnoringCase("www-authenticate: Bearer");
        }
    }

    @Test
    void goesOnWithTheConnectionAfterARefusal() {
        try (RawSocket socket = server.connect()) {
            assertThat(socket.handshake("Sec-WebSocket-Protocol: mqtt")).startsWith("HTTP/1.1 400 ");
            socket.skipDocument();

            assertThat(socket.handshake()).startsWith("HTTP/1.1 101 ");
            server.instances.next();
        }
    }

    @Test
    void refusesWhatTheBrokerRefusesBeforeTheUpgrade() {
        try (SocketFixture other = new SocketFixture(WebSocketConfig.DEFAULT);
                RawSocket socket = other.connect()) {
            other.instances.refusal = Refusal.of(ErrorCode.GROUP_CONFLICT, "the group has other types");

            assertThat(socket.handshake()).startsWith("HTTP/1.1 409 ");
            assertThat(other.connections.count()).isZero();
        }
    }

    @Test
    void refusesOneConnectionMoreThanTheClientMayHaveAndAdmitsItLater() {
        try (SocketFixture other = new SocketFixture(WebSocketConfig.DEFAULT)) {
            allow(other, "shop", 1);
            RawSocket first = other.connect().upgrade("Authorization: Bearer shop");
            FakeInstance instance = other.instances.next();
            try (RawSocket second = other.connect()) {
                assertThat(second.handshake("Authorization: Bearer shop"))
                        .startsWith("HTTP/1.1 429 ")
                        .containsIgnoringCase("retry-after:");
            }

            first.close();
            assertThat(instance.closed).succeedsWithin(Duration.ofSeconds(10));

            try (RawSocket third = other.connect()) {
                assertThat(third.handshake("Authorization: Bearer shop")).startsWith("HTTP/1.1 101 ");
            }
        }
    }

    private static void allow(SocketFixture fixture, String name, int connections) {
        ClientName client = new ClientName(name);
        TreeMap<ClientName, ClientEntry> clients = new TreeMap<>();
        clients.put(
                client,
                new ClientEntry(
                        client,
                        "",
                        List.of(),
                        null,
                        null,
                        false,
                        new ClientEntry.Quotas(null, null, null, null, connections, null)));
        fixture.catalogs.set(new Catalog(1, new TreeMap<>(), clients));
    }

    @ParameterizedTest
    @CsvSource({"REVOKED, 1008", "DRAINING, 1001", "FAILED, 1011"})
    void tellsWhyTheBrokerEndsAnInstance(Ending ending, int code) throws InterruptedException {
        Consumer consumer = new Consumer();
        open(consumer, "");
        FakeInstance instance = server.instances.next();
        instance.next();

        instance.outlet.ended(ending);

        assertThat(consumer.next()).startsWith("closed " + code);
    }

    @Test
    void drainsByStoringWhatWasConfirmedAndSayingGoodbye() throws InterruptedException {
        try (SocketFixture other = new SocketFixture(WebSocketConfig.DEFAULT);
                RawSocket socket = other.connect().upgrade()) {
            FakeInstance instance = other.instances.next();
            instance.next();
            instance.stored = new CompletableFuture<>();
            instance.deliver("{\"id\":\"1\"}");
            socket.read();
            socket.text("confirm:1");
            assertThat(instance.next()).isEqualTo("confirm 1");

            var drained = other.connections.drain().toCompletableFuture();
            assertThat(instance.next()).isEqualTo("close");
            assertThat(drained).isNotDone();
            instance.stored.complete(null);

            assertThat(socket.read().closeCode()).isEqualTo(1001);
            assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
        }
    }
}
