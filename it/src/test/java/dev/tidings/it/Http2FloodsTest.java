package dev.tidings.it;

import static dev.tidings.it.Http2Socket.CONTINUATION;
import static dev.tidings.it.Http2Socket.DATA;
import static dev.tidings.it.Http2Socket.END_HEADERS;
import static dev.tidings.it.Http2Socket.END_STREAM;
import static dev.tidings.it.Http2Socket.HEADERS;
import static dev.tidings.it.Http2Socket.NOTHING;
import static dev.tidings.it.Http2Socket.PING;
import static dev.tidings.it.Http2Socket.PRIORITY;
import static dev.tidings.it.Http2Socket.RST_STREAM;
import static dev.tidings.it.Http2Socket.SETTINGS;
import static dev.tidings.it.Http2Socket.UNKNOWN;
import static dev.tidings.it.Http2Socket.WINDOW_UPDATE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames of HTTP/2 that cost their sender little and are meant to cost the broker much.
class Http2FloodsTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int MANY = 1_000_000;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @RegisterExtension
    final Bystander bystander = new Bystander(broker);

    @Test
    void ofSettingsEndTheConnection() {
        isCalmed((socket, _) -> socket.frame(SETTINGS, 0, 0, NOTHING));
    }

    @Test
    void ofPingsEndTheConnection() {
        isCalmed((socket, _) -> socket.frame(PING, 0, 0, new byte[8]));
    }

    @Test
    void ofPrioritiesEndTheConnection() {
        isCalmed((socket, i) -> socket.frame(PRIORITY, 0, 2 * i + 1, new byte[5]));
    }

    @Test
    void ofUnknownFramesEndTheConnection() {
        isCalmed((socket, _) -> socket.frame(UNKNOWN, 0, 0, NOTHING));
    }

    @Test
    void ofWindowUpdatesEndTheConnection() {
        isCalmed((socket, _) -> socket.frame(WINDOW_UPDATE, 0, 0, Http2Socket.number(1)));
    }

    @Test
    void ofRequestsTakenBackAtOnceEndTheConnection() {
        isCalmed((socket, i) ->
                socket.get(2 * i + 1, "/openapi.yaml").frame(RST_STREAM, 0, 2 * i + 1, Http2Socket.number(8)));
    }

    @Test
    void ofRequestsThatTheServerMustTakeBackEndTheConnection() {
        isCalmed((socket, i) ->
                socket.get(2 * i + 1, "/health/live").frame(WINDOW_UPDATE, 0, 2 * i + 1, Http2Socket.number(0)));
    }

    @Test
    void ofEmptyDataEndTheConnection() {
        byte[] head = Http2Socket.head("POST", "/ce", "authorization", "Bearer shop", "content-type", Call.EVENT);
        isCalmed(
                socket -> socket.frame(HEADERS, END_HEADERS, 1, head),
                (socket, _) -> socket.frame(DATA, 0, 1, NOTHING));
    }

    @Test
    void ofEmptyContinuationsEndTheConnection() {
        isCalmed(
                socket -> socket.frame(HEADERS, END_STREAM, 1, Http2Socket.head("GET", "/health/live")),
                (socket, _) -> socket.frame(CONTINUATION, 0, 1, NOTHING));
    }

    @Test
    void ofStreamsBeyondWhatIsAllowedEndTheConnection() {
        byte[] head = Http2Socket.head("POST", "/ce", "authorization", "Bearer shop", "content-type", Call.EVENT);
        isCalmed((socket, i) -> socket.frame(HEADERS, END_HEADERS, 2 * i + 1, head));
    }

    @Test
    void ofHeadsLargerThanAnyEndTheConnection() {
        byte[] large = "x".repeat(16_000).getBytes(US_ASCII);
        try (Http2Socket socket = Http2Socket.to(broker.address())) {
            socket.frame(HEADERS, END_STREAM, 1, Http2Socket.head("GET", "/health/live"));
            for (int i = 0; i < 100 && !socket.hasEnded(); i++) {
                socket.frame(CONTINUATION, 0, 1, large).send();
            }

            assertThat(socket.ended()).isPresent();
        }
    }

    /// One field of 4,000 bytes is remembered, and then meant eight thousand times by a byte each.
    @Test
    void ofFieldsThatStandForLongOnesAreRefused() throws InterruptedException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(Http2Socket.head("GET", "/health/live"));
        bomb.write(0x40);
        Http2Socket.string(bomb, "x-bomb");
        Http2Socket.string(bomb, "x".repeat(4_000));
        bomb.writeBytes("\u00be".repeat(8_000).getBytes(ISO_8859_1));
        try (Http2Socket socket = Http2Socket.to(broker.address())) {
            socket.frame(HEADERS, END_HEADERS | END_STREAM, 1, bomb.toByteArray())
                    .get(3, "/health/live")
                    .send();

            assertThat(socket.answered()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ofRandomFramesHinderNobody(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            try (Http2Socket socket = Http2Socket.to(broker.address())) {
                for (int frame = 0; frame < 20; frame++) {
                    byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 10 : 20_000)];
                    random.nextBytes(payload);
                    int stream = random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(10);
                    socket.frame(random.nextInt(12), random.nextInt(256), stream, payload);
                }
                socket.send();
            }
        }
    }

    private static void isCalmed(ObjIntConsumer<Http2Socket> flood) {
        isCalmed(_ -> {}, flood);
    }

    /// Demands that the server ends the connection on which all that comes, and says why.
    private static void isCalmed(Consumer<Http2Socket> beginning, ObjIntConsumer<Http2Socket> flood) {
        try (Http2Socket socket = Http2Socket.to(broker.address())) {
            beginning.accept(socket);
            int i = 0;
            while (i < MANY && !socket.hasEnded()) {
                flood.accept(socket, i++);
            }
            socket.send();

            assertThat(socket.ended()).hasValue(ENHANCE_YOUR_CALM);
        }
    }
}
