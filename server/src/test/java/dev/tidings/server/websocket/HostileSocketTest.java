package dev.tidings.server.websocket;

import static dev.tidings.server.websocket.RawSocket.BINARY;
import static dev.tidings.server.websocket.RawSocket.CLOSE;
import static dev.tidings.server.websocket.RawSocket.CONTINUATION;
import static dev.tidings.server.websocket.RawSocket.PING;
import static dev.tidings.server.websocket.RawSocket.PONG;
import static dev.tidings.server.websocket.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.DataSize;
import dev.tidings.server.fake.FakeInstance;
import dev.tidings.server.websocket.RawSocket.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that do what no client should.
class HostileSocketTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final byte[] NOTHING = {};
    private static SocketFixture server;

    @BeforeAll
    static void start() {
        server = new SocketFixture(WebSocketConfig.DEFAULT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Opens a connection, does that, and expects the server to say goodbye with this code and to end the instance.
    private static void expectClose(int code, Consumer<RawSocket> doing) {
        try (RawSocket socket = server.connect().upgrade()) {
            FakeInstance instance = server.instances.next();
            instance.next();
            doing.accept(socket);

            Frame frame = socket.read();

            assertThat(frame.opcode()).isEqualTo(CLOSE);
            assertThat(frame.closeCode()).isEqualTo(code);
            assertThat(frame.closeReason()).isNotBlank();
            assertThat(instance.next()).isEqualTo("close");
        }
    }

    @Test
    void refusesBinaryMessages() {
        expectClose(1003, socket -> socket.frame(BINARY, bytes("confirm:1")));
        expectClose(1003, socket -> socket.fragment(BINARY, bytes("confirm:1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda080", "f8888080", "e282", "636f6e6669726d3a31c3"})
    void refusesTextThatIsNotUtf8(String hex) {
        expectClose(1007, socket -> socket.frame(TEXT, HexFormat.of().parseHex(hex)));
    }

    @Test
    void refusesTextThatIsNotUtf8AcrossFragments() {
        expectClose(
                1007,
                socket -> socket.fragment(TEXT, HexFormat.of().parseHex("61e2"))
                        .frame(CONTINUATION, HexFormat.of().parseHex("28a1")));
    }

    @Test
    void refusesAMessageOfMoreThanAMebibyte() {
        expectClose(1009, socket -> socket.raw(Arrays.copyOf(RawSocket.encode(0x81, new byte[MEBIBYTE + 1]), 14)));
    }

    @Test
    void refusesFragmentsOfMoreThanAMebibyteTogether() {
        byte[] half = bytes("x".repeat(MEBIBYTE / 2));
        expectClose(
                1009,
                socket ->
                        socket.fragment(TEXT, half).fragment(CONTINUATION, half).frame(CONTINUATION, bytes("x")));
    }

    @Test
    void takesAReportOfAMebibyte() {
        try (RawSocket socket = server.connect().upgrade()) {
            FakeInstance instance = server.instances.next();
            instance.next();
            instance.deliver("{}");
            socket.read();
            String start = "dead:{\"offset\":\"1\",\"data\":\"";

            socket.text(start + "x".repeat(MEBIBYTE - start.length() - 2) + "\"}");

            assertThat(instance.next()).isEqualTo("dead 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "confirm:",
                "confirm:one",
                "CONFIRM:1",
                "confirm:1 ",
                "ack:1",
                "dead:",
                "dead:nonsense",
                "dead:[1]"
            })
    void refusesMessagesItDoesNotKnow(String text) {
        expectClose(1008, socket -> socket.text(text));
    }

    @Test
    void refusesAConfirmationOfWhatWasNeverDelivered() {
        expectClose(1008, socket -> socket.text("confirm:1"));
    }

    @Test
    void refusesFramesThatAreNotMasked() {
        expectClose(1002, socket -> socket.raw(new byte[] {(byte) 0x81, 1, 'x'}));
    }

    @ParameterizedTest
    @CsvSource({"c181, rsv1", "a180, rsv2", "9180, rsv3", "8380, reserved opcode", "8b80, reserved control opcode"})
    void refusesReservedBitsAndOpcodes(String header, String what) {
        expectClose(1002, socket -> socket.raw(HexFormat.of().parseHex(header + "00000000" + "00")));
    }

    @Test
    void refusesAContinuationOfNothingAndAMessageWithinAMessage() {
        expectClose(1002, socket -> socket.frame(CONTINUATION, bytes("x")));
        expectClose(1002, socket -> socket.fragment(TEXT, bytes("x")).frame(TEXT, bytes("y")));
    }

    @Test
    void refusesControlFramesThatAreTooLongOrFragmented() {
        expectClose(1002, socket -> socket.frame(PING, new byte[126]));
        expectClose(1002, socket -> socket.fragment(PING, NOTHING));
    }

    @ParameterizedTest
    @CsvSource({"03, 1002", "03ec, 1002", "03ed, 1002", "0000, 1002", "03e8ff, 1007"})
    void answersAMalformedGoodbye(String body, int code) {
        expectClose(code, socket -> socket.frame(CLOSE, HexFormat.of().parseHex(body)));
    }

    @Test
    void agreesToAGoodbyeAndHangsUp() {
        try (RawSocket socket = server.connect().upgrade()) {
            FakeInstance instance = server.instances.next();
            instance.next();

            socket.frame(CLOSE, HexFormat.of().parseHex("03e8"));

            assertThat(socket.read().closeCode()).isEqualTo(1000);
            assertThat(socket.isEnded()).isTrue();
            assertThat(instance.next()).isEqualTo("close");
        }
    }

    @Test
    void agreesToAGoodbyeWithoutACode() {
        try (RawSocket socket = server.connect().upgrade()) {
            server.instances.next();

            socket.frame(CLOSE, NOTHING);

            assertThat(socket.read().payload()).isEmpty();
            assertThat(socket.isEnded()).isTrue();
        }
    }

    @Test
    void answersPingsEvenBetweenFragments() {
        try (RawSocket socket = server.connect().upgrade()) {
            FakeInstance instance = server.instances.next();
            instance.next();
            instance.deliver("{}");
            socket.read();

            socket.fragment(TEXT, bytes("conf")).frame(PING, bytes("hi")).frame(CONTINUATION, bytes("irm:1"));

            Frame pong = socket.read();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("hi");
            assertThat(instance.next()).isEqualTo("confirm 1");
        }
    }

    @Test
    void hangsUpOnAPeerThatNeverAgreesToTheEnd() {
        WebSocketConfig config = new WebSocketConfig(
                DataSize.ofKibibytes(256),
                DataSize.ofMebibytes(1),
                16,
                false,
                10,
                new WebSocketConfig.Timing(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMillis(50)));
        try (SocketFixture impatient = new SocketFixture(config);
                RawSocket socket = impatient.connect().upgrade()) {
            socket.text("nonsense");

            assertThat(socket.read().closeCode()).isEqualTo(1008);
            assertThat(socket.isEnded()).isTrue();
        }
    }

    @Test
    void pingsAndGivesUpOnAPeerThatDoesNotAnswer() {
        WebSocketConfig config = new WebSocketConfig(
                DataSize.ofKibibytes(256),
                DataSize.ofMebibytes(1),
                16,
                false,
                10,
                new WebSocketConfig.Timing(Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofSeconds(5)));
        try (SocketFixture impatient = new SocketFixture(config);
                RawSocket socket = impatient.connect().upgrade()) {
            Frame frame = socket.read();
            assertThat(frame.opcode()).isEqualTo(PING);
            while (frame.opcode() == PING) {
                frame = socket.read();
            }

            assertThat(frame.closeCode()).isEqualTo(1008);
            assertThat(impatient.instances.next().closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    /// The broker delivers as long as it has credit, as a real one does. What a peer that never reads can make the
    /// server hold is what was granted and not yet taken by the network, which at last takes nothing any more.
    @Test
    void grantsAPeerThatNeverReadsNoMoreThanTheNetworkTakes() throws InterruptedException {
        try (RawSocket socket = server.connect().upgrade()) {
            FakeInstance instance = server.instances.next();
            String event = "{\"data\":\"" + "x".repeat(32_000) + "\"}";
            long delivered = 0;
            while (instance.asked.poll(500, TimeUnit.MILLISECONDS) != null) {
                for (; instance.credit.get() > 0; delivered++) {
                    instance.deliver(event);
                }
                assertThat(instance.credit.get()).isGreaterThan(-event.length());
                assertThat(delivered * event.length()).isLessThan(64 * MEBIBYTE);
            }

            assertThat(instance.closed).isNotDone();
            for (; delivered > 0; delivered--) {
                assertThat(socket.read().payload()).hasSizeGreaterThan(32_000);
            }
            assertThat(instance.next()).startsWith("grant ");
        }
    }

    @Test
    void inflatesAndDeflatesWhereAPeerOffersIt() throws Exception {
        try (RawSocket socket = server.connect().upgrade("Sec-WebSocket-Extensions: permessage-deflate")) {
            FakeInstance instance = server.instances.next();
            instance.next();
            String event = "{\"data\":\"" + "abc".repeat(1000) + "\"}";
            instance.deliver(event);
            Frame frame = socket.read();
            assertThat(frame.compressed()).isTrue();
            assertThat(inflate(frame.payload())).isEqualTo("{\"offset\":\"1\"," + event.substring(1));

            socket.compressed(deflate("confirm:1"));

            assertThat(instance.next()).isEqualTo("confirm 1");
        }
    }

    @Test
    void refusesAMessageThatInflatesToMoreThanAMebibyte() {
        try (RawSocket socket = server.connect().upgrade("Sec-WebSocket-Extensions: permessage-deflate")) {
            FakeInstance instance = server.instances.next();
            instance.next();

            socket.compressed(deflate("x".repeat(100 * MEBIBYTE)));

            assertThat(socket.read().closeCode()).isEqualTo(1009);
            assertThat(instance.next()).isEqualTo("close");
        }
    }

    @Test
    void refusesAMessageThatCannotBeInflated() {
        try (RawSocket socket = server.connect().upgrade("Sec-WebSocket-Extensions: permessage-deflate")) {
            FakeInstance instance = server.instances.next();
            instance.next();

            socket.compressed(new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3});

            assertThat(socket.read().closeCode()).isEqualTo(1002);
            assertThat(instance.next()).isEqualTo("close");
        }
    }

    private static byte[] deflate(String text) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(bytes(text));
        byte[] out = new byte[text.length() / 100 + 1000];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    private static String inflate(byte[] payload) throws Exception {
        Inflater inflater = new Inflater(true);
        byte[] input = Arrays.copyOf(payload, payload.length + 4);
        input[payload.length + 2] = (byte) 0xff;
        input[payload.length + 3] = (byte) 0xff;
        inflater.setInput(input);
        byte[] out = new byte[MEBIBYTE];
        int length = inflater.inflate(out);
        inflater.end();
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
