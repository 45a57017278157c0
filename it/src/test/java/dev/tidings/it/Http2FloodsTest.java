package dev.tidings.it;

import static dev.tidings.it.Http2Frames.CONTINUATION;
import static dev.tidings.it.Http2Frames.DATA;
import static dev.tidings.it.Http2Frames.END_HEADERS;
import static dev.tidings.it.Http2Frames.END_STREAM;
import static dev.tidings.it.Http2Frames.HEADERS;
import static dev.tidings.it.Http2Frames.NONE;
import static dev.tidings.it.Http2Frames.PING;
import static dev.tidings.it.Http2Frames.RST_STREAM;
import static dev.tidings.it.Http2Frames.SETTINGS;
import static dev.tidings.it.Http2Frames.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that use what HTTP/2 allows to make a server work for nothing. Each is cut off where it can be told from a
/// client that does something; whatever becomes of it, the next client is served.
class Http2FloodsTest {
    private static final int MANY = 20_000;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @RegisterExtension
    final Bystander bystander = new Bystander(broker);

    @Test
    void mayNotTakeRequestsBackByTheThousand() {
        Http2Frames frames = Http2Frames.begun();
        for (int i = 0; i < MANY; i++) {
            frames.request(2 * i + 1).add(RST_STREAM, NONE, 2 * i + 1, Http2Frames.number(8));
        }
        isCutOff(frames);
    }

    @Test
    void mayNotSendHeadersWithoutEnd() {
        Http2Frames frames = Http2Frames.begun().add(HEADERS, END_STREAM, 1, Http2Frames.head("GET", "/health/live"));
        for (int i = 0; i < MANY; i++) {
            frames.add(CONTINUATION, NONE, 1, new byte[0]);
        }
        isCutOff(frames);
    }

    @Test
    void mayNotSendLargeHeadersWithoutEnd() {
        ByteArrayOutputStream filler = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            Http2Frames.literal(filler, "x-filler-" + i, "y".repeat(100));
        }
        Http2Frames frames = Http2Frames.begun().add(HEADERS, END_STREAM, 1, Http2Frames.head("GET", "/health/live"));
        for (int i = 0; i < 1_000; i++) {
            frames.add(CONTINUATION, NONE, 1, filler.toByteArray());
        }
        isCutOff(frames);
    }

    @Test
    void mayNotSendEmptyDataByTheThousand() {
        Http2Frames frames =
                Http2Frames.begun().add(HEADERS, END_HEADERS, 1, Http2Frames.head("POST", "/ce/produce/event"));
        for (int i = 0; i < MANY; i++) {
            frames.add(DATA, NONE, 1, new byte[0]);
        }
        isCutOff(frames);
    }

    /// A header of 4,000 bytes is remembered once and named by one byte each time after: 40 MB of headers.
    @Test
    void mayNotInflateHeaders() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(Http2Frames.head("GET", "/health/live"));
        bomb.write(0x40);
        bomb.write(1);
        bomb.write('x');
        bomb.writeBytes(new byte[] {0x7f, (byte) 0xa1, 0x1e});
        bomb.writeBytes("y".repeat(4_000).getBytes(StandardCharsets.US_ASCII));
        byte[] names = new byte[10_000];
        Arrays.fill(names, (byte) 0xbe);
        bomb.writeBytes(names);

        String answer = answer(Http2Frames.begun()
                .add(HEADERS, END_HEADERS | END_STREAM, 1, bomb.toByteArray())
                .bytes());

        assertThat(answer).doesNotContain("200");
    }

    @Test
    void mayNotOverflowAWindow() {
        isCutOff(Http2Frames.begun()
                .add(WINDOW_UPDATE, NONE, 0, Http2Frames.number(Integer.MAX_VALUE))
                .add(WINDOW_UPDATE, NONE, 0, Http2Frames.number(Integer.MAX_VALUE)));
    }

    /// Each wants an answer that nobody reads.
    @Test
    void mayAskForSignsOfLifeAndReadNone() {
        Http2Frames pings = Http2Frames.begun();
        Http2Frames settings = Http2Frames.begun();
        for (int i = 0; i < MANY; i++) {
            pings.add(PING, NONE, 0, new byte[8]);
            settings.add(SETTINGS, NONE, 0, new byte[0]);
        }
        try (Raw first = new Raw(broker.address());
                Raw second = new Raw(broker.address())) {
            first.pour(pings.bytes());
            second.pour(settings.bytes());
            bystander.isServed();
        }
    }

    @Test
    void mayOpenThousandsOfStreamsAndFinishNone() {
        Http2Frames frames = Http2Frames.begun();
        for (int i = 0; i < MANY; i++) {
            frames.add(HEADERS, END_HEADERS, 2 * i + 1, Http2Frames.head("POST", "/ce/produce/event"));
        }
        try (Raw raw = new Raw(broker.address())) {
            raw.pour(frames.bytes());
            bystander.isServed();
            assertThat(broker.client("admin").metric("tidings_http_requests_active"))
                    .isLessThan(1_000);
        }
    }

    @Test
    void maySendFramesAtRandom() {
        Random random = new Random(1);
        for (int connection = 0; connection < 50; connection++) {
            Http2Frames frames = Http2Frames.begun();
            for (int i = 0; i < 50; i++) {
                byte[] payload = new byte[random.nextInt(40)];
                random.nextBytes(payload);
                frames.add(random.nextInt(12), random.nextInt(256), random.nextInt(6), payload);
            }
            try (Raw raw = new Raw(broker.address())) {
                raw.pour(frames.bytes());
            }
        }
    }

    private static void isCutOff(Http2Frames frames) {
        answer(frames.bytes());
    }

    /// All that comes until the server hangs up, which it must.
    private static String answer(byte[] bytes) {
        try (Raw raw = new Raw(broker.address())) {
            raw.pour(bytes);
            return raw.rest();
        }
    }
}
