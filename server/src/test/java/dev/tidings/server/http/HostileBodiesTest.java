package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.tidings.model.DataSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBodiesTest {
    private static final int LIMIT = 100_000;
    private static FrontFixture front;

    @BeforeAll
    static void open() {
        HttpConfig.Limits limits = HttpConfig.Limits.DEFAULT.withRequest(new DataSize(LIMIT));
        front = new FrontFixture(FrontFixture.config().withLimits(limits), _ -> FrontFixture.ECHO);
    }

    @AfterAll
    static void close() {
        front.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void takesNothingForARequestBehindABodyOfUnknownLength(String header) {
        try (RawClient client = front.connect()) {
            client.send(post(header + "\r\n") + "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void answersOnceWhereABodyOfUnknownLengthIsNoRequestEither() {
        try (RawClient client = front.connect()) {
            client.send(post("Transfer-Encoding: xchunked\r\n") + "2\r\n[]\r\n0\r\n\r\n");

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.");
        }
    }

    @Test
    void refusesAPromisedBodyThatIsTooLargeBeforeTheClientSendsIt() {
        try (RawClient client = front.connect()) {
            client.send(post("Content-Length: 100001\r\nExpect: 100-continue\r\n"));

            String answer = client.readAnswer();

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("request-too-large");
            assertThat(answer).containsIgnoringCase("connection: close");
        }
    }

    @Test
    void forgetsClientsThatLeaveBeforeTheyAreRefused() {
        for (int i = 0; i < 50; i++) {
            try (RawClient client = front.connect()) {
                client.send(post("Content-Length: 100001\r\n")).leave();
            }
        }

        long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (front.exchangesInside() > 0 && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }

        assertThat(front.exchangesInside()).isZero();
    }

    @Test
    void invitesABodyThatFits() {
        try (RawClient client = front.connect()) {
            client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n"));
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 100 ");

            client.send("{}");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("PRODUCE_ANY|{}");
        }
    }

    @Test
    void refusesAChunkedBodyOnceItIsTooLarge() {
        try (RawClient client = front.connect()) {
            client.send(post("Transfer-Encoding: chunked\r\n"));
            String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";

            client.send(chunk).send(chunk).send(chunk).send(chunk);

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
            client.send("0\r\n\r\n");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "2\n{}\n0\n\n"})
    void refusesChunksThatAreNone(String chunks) {
        try (RawClient client = front.connect()) {
            client.send(post("Transfer-Encoding: chunked\r\n") + chunks + "GET /ce HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("malformed-request")
                    .containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void takesAChunkedBodyOfExactlyTheLimit() {
        try (RawClient client = front.connect()) {
            client.send(post("Transfer-Encoding: chunked\r\n"));
            client.send("c350\r\n" + "x".repeat(50_000) + "\r\n");
            client.send("c350\r\n" + "y".repeat(50_000) + "\r\n0\r\n\r\n");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith("xy" + "y".repeat(49_999));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "zstd"})
    void takesACompressedBody(String coding) {
        byte[] body = compressed(coding, "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = send(coding, body);

        assertThat(answer.body()).isEqualTo("PRODUCE_ANY|{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void takesACompressedBodyOfExactlyTheLimit(String coding) {
        byte[] text = new byte[LIMIT];
        Arrays.fill(text, (byte) 'x');

        HttpResponse<String> answer = send(coding, compressed(coding, text));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(LIMIT + "PRODUCE_ANY|".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void refusesABombBeforeItGoesOff(String coding) {
        byte[] bomb = compressed(coding, new byte[50_000_000]);
        assertThat(bomb).hasSizeLessThan(LIMIT);

        HttpResponse<String> answer = send(coding, bomb);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("after decompression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void refusesABodyThatIsNotWhatItsCodingSays(String coding) {
        byte[] whole = compressed(coding, "some text that is long enough to be cut".getBytes(StandardCharsets.UTF_8));

        assertThat(send(coding, Arrays.copyOf(whole, whole.length - 5)).statusCode())
                .isEqualTo(400);
        assertThat(send(coding, "not compressed".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesAZstdFrameThatAsksForAHugeWindow() {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x00, (byte) (17 << 3), 0x01, 0x00, 0x00};

        HttpResponse<String> answer = send("zstd", frame);

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip", "compress"})
    void refusesAnUnknownCodingAndTellsWhichItKnows(String coding) {
        HttpResponse<String> answer = send(coding, new byte[3]);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Accept-Encoding")).contains("gzip, zstd");
    }

    @Test
    void leavesTheConnectionOpenAfterARefusalOfWhatWasReadToItsEnd() {
        try (RawClient client = front.connect()) {
            client.send("POST /ce/produce/event HTTP/1.1\r\nHost: x\r\nContent-Type: text/html\r\n"
                    + "Content-Length: 2\r\n\r\n{}");
            assertThat(client.readAnswer())
                    .startsWith("HTTP/1.1 415 ")
                    .containsIgnoringCase("accept-post: application/cloudevents+json");

            client.send(post("Content-Length: 2\r\n") + "{}");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
        }
    }

    private static HttpResponse<String> send(String coding, byte[] body) {
        return front.send(front.request("/ce")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static String post(String headers) {
        return "POST /ce HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }

    private static byte[] compressed(String coding, byte[] bytes) {
        if (coding.equals("zstd")) {
            return Zstd.compress(bytes);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
