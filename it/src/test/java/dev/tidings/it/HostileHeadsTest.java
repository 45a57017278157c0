package dev.tidings.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads of requests made to break whoever reads them, or to smuggle a request past whoever stands before the broker.
class HostileHeadsTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final String SMUGGLED = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String CHUNKS = "2\r\n[]\r\n0\r\n\r\n";

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @RegisterExtension
    final Bystander bystander = new Bystander(broker);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-A: a\rX-B: b",
                "X-A: a\nX-B: b",
                "X-A: a\0b",
                "X-A : a",
                "X A: a",
                ": a",
                "no colon",
                "Host: another",
                "ce-id: 1\rce-id: 2"
            })
    void mayBreakALine(String header) {
        isRefusedAlone(post(header + "\r\nContent-Length: 2\r\n") + "[]");
    }

    @Test
    void mayHoldTenThousandHeaders() {
        String headers =
                IntStream.range(0, 10_000).mapToObj(i -> "X-" + i + ": y\r\n").collect(Collectors.joining());

        isRefusedAlone(post(headers));
    }

    @Test
    void mayBeAMebibyteLong() {
        String endless = "x".repeat(MEBIBYTE);

        isRefusedAlone(post("X-Long: " + endless + "\r\n"));
        isRefusedAlone(post("X-" + endless + ": y\r\n"));
        isRefusedAlone("GET /" + endless + " HTTP/1.1\r\nHost: x\r\n\r\n");
        isRefusedAlone(endless + " / HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 12\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 12",
                "Content-Length: 2\r\nContent-Length: 12",
                "Content-Length: 2, 12",
                "Content-Length: +2",
                "Content-Length: -2",
                "Content-Length: 0x2",
                "Content-Length: 2 2",
                "Content-Length: 99999999999999999999",
                "Content-Length:",
                "Content-Length : 2",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked\nX: y",
                "Transfer-Encoding: gzip, chunked"
            })
    void maySayTwoThingsOfTheBodysLength(String header) {
        isRefusedAlone(post(header + "\r\n") + CHUNKS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: Chunked", "transfer-encoding:\tCHUNKED ", "TRANSFER-ENCODING:chunked"})
    void mayWriteTheOneCodingThereIsOddly(String header) {
        try (Raw raw = new Raw(broker.address())) {
            raw.write(post(header + "\r\n") + CHUNKS + SMUGGLED);

            raw.reply().accepted(0, 0);
            raw.reply().expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n[]\r\n0\r\n\r\n",
                "0x2\r\n[]\r\n0\r\n\r\n",
                "-2\r\n[]\r\n0\r\n\r\n",
                "ffffffffffffffff2\r\n[]\r\n0\r\n\r\n",
                "2\r\n[]0\r\n\r\n",
                "2\n[]\n0\n\n",
                "2;\nxx\r\n[]\r\n0\r\n\r\n"
            })
    void mayCutTheBodyIntoChunksThatAreNone(String chunks) {
        isRefusedAlone(post("Transfer-Encoding: chunked\r\n") + chunks);
    }

    @Test
    void mayAddALongExtensionOrTrailerToAChunk() {
        String endless = "x".repeat(MEBIBYTE);
        String extension = "2;" + endless + "\r\n[]\r\n0\r\n\r\n";
        String trailer = "2\r\n[]\r\n0\r\nX: " + endless + "\r\n\r\n";
        for (String chunks : List.of(extension, trailer)) {
            try (Raw raw = new Raw(broker.address())) {
                raw.pour((post("Transfer-Encoding: chunked\r\n") + chunks + SMUGGLED).getBytes(ISO_8859_1));

                assertThat(raw.rest()).doesNotContain("HTTP/1.1 200");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mayBeRandomBytes(long seed) {
        Random random = new Random(seed);
        List<String> beginnings = List.of("", "GET / HTTP/1.1\r\n", post("Transfer-Encoding: chunked\r\n"), "PRI * ");
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(bytes);
            try (Raw raw = new Raw(broker.address())) {
                raw.pour(beginnings.get(i % beginnings.size()).getBytes(ISO_8859_1));
                raw.pour(bytes);
            }
        }
    }

    /// Demands that it is refused, and that nothing behind it is taken for a request.
    private static void isRefusedAlone(String request) {
        try (Raw raw = new Raw(broker.address())) {
            raw.pour((request + SMUGGLED).getBytes(ISO_8859_1));

            assertThat(raw.rest()).matches("(?s)HTTP/1\\.[01] 400 .*").containsOnlyOnce("\r\n\r\n");
        }
    }

    private static String post(String headers) {
        return "POST /ce/produce/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer shop\r\nContent-Type: "
                + Call.BATCH + "\r\n" + headers + "\r\n";
    }
}
