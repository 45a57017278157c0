package dev.tidings.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Credentials;
import dev.tidings.client.RefusedException;
import dev.tidings.client.UnavailableException;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.payloads.PayloadDamagedException;
import dev.tidings.client.payloads.PayloadStream;
import dev.tidings.client.payloads.StoredPayload;
import dev.tidings.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Payloads, with a broker that answers what the test says.
@Timeout(60)
class RemotePayloadsTest {
    private static final URI REFERENCE = URI.create("https://events.example/x/ce/payloads/abc");
    private static final String TEXT = "a scan";

    private final List<Duration> pauses = new ArrayList<>();
    private ScriptedServer broker;
    private RemotePayloads payloads;

    @BeforeEach
    void open() throws IOException {
        broker = new ScriptedServer();
        payloads = new RemotePayloads(
                new Requests(broker.address(), Credentials.apiKey("key"), null),
                new BackOff(Duration.ofMillis(2), Duration.ofMillis(2), new Random(1)),
                pauses::add);
    }

    @AfterEach
    void close() throws IOException {
        broker.close();
    }

    @Test
    void areSentOnFromWhereTheBrokerIs() throws Exception {
        broker.reply(201, "", "location", "http://elsewhere.example/ce/payloads/uploads/u");
        broker.reply(503, "", "retry-after", "7");
        broker.reply(200, "", "upload-offset", "2");
        broker.reply(200, "", "upload-offset", "4");
        broker.reply(201, stored(TEXT), "upload-offset", "6", "upload-complete", "?1");

        StoredPayload stored = store(TEXT);

        assertThat(stored.dataref()).isEqualTo(REFERENCE);
        assertThat(asked())
                .containsExactly(
                        "POST /ce/payloads?type=a.b  ",
                        "PATCH /ce/payloads/uploads/u 0 a scan",
                        "GET /ce/payloads/uploads/u  ",
                        "PATCH /ce/payloads/uploads/u 2 scan",
                        "PATCH /ce/payloads/uploads/u 4 an");
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void areStoredThoughTheLastAnswerWasLost() throws Exception {
        broker.reply(201, "", "location", "/ce/payloads/uploads/u");
        broker.reply(409, "", "retry-after", "1");
        broker.reply(200, stored(TEXT), "upload-offset", "6", "upload-complete", "?1");

        assertThat(store(TEXT).size()).isEqualTo(6);
        assertThat(asked()).last().isEqualTo("GET /ce/payloads/uploads/u  ");
    }

    @Test
    void areGivenUpWhereNothingPasses() {
        broker.reply(201, "", "location", "/ce/payloads/uploads/u");
        for (int i = 0; i < 4; i++) {
            broker.reply(503, "{\"status\":503,\"detail\":\"the disk is full\"}");
            broker.reply(200, "", "upload-offset", "0");
        }

        assertThatThrownBy(() -> store(TEXT)).isInstanceOf(UnavailableException.class);

        assertThat(pauses).hasSize(6);
    }

    @Test
    void areGivenUpWhereSomebodyElseSendsThem() {
        broker.reply(201, "", "location", "/ce/payloads/uploads/u");
        broker.reply(409, "", "upload-offset", "9");
        broker.reply(200, "", "upload-offset", "9");

        assertThatThrownBy(() -> store(TEXT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the upload is at 9, expected 0 to 6: somebody else sends to it");
    }

    @Test
    void areRefusedWithTheReason() {
        broker.reply(201, "", "location", "/ce/payloads/uploads/u");
        broker.reply(400, "{\"type\":\"https://tidings.dev/errors/digest-mismatch\",\"detail\":\"it came otherwise\"}");

        assertThatThrownBy(() -> store(TEXT))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("digest-mismatch"));
    }

    @Test
    void areDamagedWhereTheBrokerHasSomethingElse() {
        broker.reply(201, "", "location", "/ce/payloads/uploads/u");
        broker.reply(201, stored("a scam"), "upload-offset", "6", "upload-complete", "?1");

        assertThatThrownBy(() -> store(TEXT)).isInstanceOf(PayloadDamagedException.class);
    }

    @Test
    void areFetchedOnFromWhereTheyBrokeOff() throws Exception {
        piece("bytes 0-3/6", "a sc");
        broker.reply(503, "");
        piece("bytes 4-5/6", "an");

        try (PayloadStream stream = payloads.open(REFERENCE)) {
            assertThat(stream.payload().size()).isEqualTo(6);
            assertThat(new String(stream.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(TEXT);
            assertThat(stream.read()).isEqualTo(-1);
        }
        assertThat(asked())
                .containsExactly(
                        "GET /ce/payloads/abc bytes=0-4194303 ",
                        "GET /ce/payloads/abc bytes=4-4194307 ",
                        "GET /ce/payloads/abc bytes=4-4194307 ");
    }

    @Test
    void areFetchedOnBehindWhatHasComeOfAPieceThatBreaksOff() throws Exception {
        broker.breakOff(206, "a s", 6, "content-range", "bytes 0-5/6", "repr-digest", Sha256.header(Bytes.utf8(TEXT)));
        piece("bytes 3-5/6", "can");

        try (PayloadStream stream = payloads.open(REFERENCE)) {
            assertThat(stream.readAllBytes()).isEqualTo(TEXT.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(asked()).last().asString().contains("bytes=3-");
    }

    @Test
    void areReadByteByByte() throws Exception {
        broker.reply(200, "\u00e9", "content-type", "text/plain", "repr-digest", Sha256.header(Bytes.utf8("\u00e9")));

        try (PayloadStream stream = payloads.open(REFERENCE)) {
            assertThat(stream.payload().contentType()).isEqualTo("text/plain");
            assertThat(stream.read()).isEqualTo(0xc3);
            assertThat(stream.read()).isEqualTo(0xa9);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void areNotTakenForWhatTheyAreNot() {
        piece("bytes 0-5/6", "a scam");

        assertThatThrownBy(() -> payloads.open(REFERENCE).readAllBytes()).isInstanceOf(PayloadDamagedException.class);
    }

    @Test
    void areNotPutTogetherOfWrongPieces() throws Exception {
        piece("bytes 0-3/6", "a sc");
        broker.reply(200, TEXT);

        try (PayloadStream stream = payloads.open(REFERENCE)) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(PayloadDamagedException.class)
                    .hasMessageContaining("does not pass ranges on");
        }
    }

    @Test
    void showTheirProofToTheBrokerOnly() throws Exception {
        broker.reply(200, TEXT, "repr-digest", Sha256.header(Bytes.utf8(TEXT)));

        payloads.open(URI.create("https://attacker.example/ce/payloads/abc")).close();

        assertThat(broker.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/ce/payloads/abc");
            assertThat(request.header("authorization")).isEqualTo("Bearer key");
        });
    }

    private StoredPayload store(String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return payloads.store("a.b", "text/plain", new ByteArrayInputStream(bytes), bytes.length);
    }

    private static String stored(String text) {
        String sha256 = Sha256.read(Sha256.header(Bytes.utf8(text)));
        return """
                {"dataref":"%s","type":"a.b","datacontenttype":"text/plain","size":%d,"sha256":"%s",
                 "expires":"2026-11-29T07:07:16Z"}""".formatted(REFERENCE, text.length(), sha256);
    }

    private void piece(String range, String text) {
        broker.reply(206, text, "content-range", range, "repr-digest", Sha256.header(Bytes.utf8(TEXT)));
    }

    /// What was asked, without what a client asks for that gives up.
    private List<String> asked() {
        return broker.requests().stream()
                .map(request -> String.join(
                        " ",
                        request.method(),
                        request.path(),
                        request.header("upload-offset") + request.header("range"),
                        request.body()))
                .toList();
    }
}
