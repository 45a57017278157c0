package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The deadlines that a test does not wait for are out of its reach.
class SlowClientsTest {
    private static final int ROOM = 32 << 20;
    private static final int SLOW_BODY = 900_000;
    private static final HttpConfig.Deadlines PATIENT = HttpConfig.Deadlines.DEFAULT;
    private static FrontFixture hastyAboutHeads;
    private static FrontFixture hastyAboutBodies;
    private static FrontFixture hastyWhenIdle;

    @BeforeAll
    static void open() {
        Duration soon = Duration.ofMillis(200);
        hastyAboutHeads = front(PATIENT.withHead(soon));
        hastyAboutBodies = front(PATIENT.withBody(soon));
        hastyWhenIdle = front(PATIENT.withIdle(soon));
    }

    private static FrontFixture front(HttpConfig.Deadlines deadlines) {
        return new FrontFixture(FrontFixture.config().withDeadlines(deadlines), _ -> FrontFixture.ECHO);
    }

    @AfterAll
    static void close() {
        hastyAboutHeads.close();
        hastyAboutBodies.close();
        hastyWhenIdle.close();
    }

    @Test
    void closesAConnectionWhoseBodyTrickles() {
        try (RawClient client = hastyAboutBodies.connect()) {
            client.send(post("Content-Length: 10\r\n") + "{");

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesAConnectionWhoseHeadTrickles() {
        try (RawClient client = hastyAboutHeads.connect()) {
            client.send("POST /ce HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesAConnectionWhoseSecondHeadTrickles() {
        try (RawClient client = hastyAboutHeads.connect()) {
            client.send(post("Content-Length: 2\r\n") + "{}");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");

            client.send("POST /ce HTTP/1.1\r\nHost:");

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PRI * HTTP/2.0\r\n"})
    void closesAConnectionThatSaysNothingSensible(String start) {
        try (RawClient client = hastyAboutHeads.connect()) {
            client.send(start);

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatIsIdleForTooLong() {
        try (RawClient client = hastyWhenIdle.connect()) {
            client.send(post("Content-Length: 2\r\n") + "{}");
            client.readAnswer();

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void cutsSlowBodiesWhereTheyTakeTheRoomOfOthers() {
        HttpConfig.Limits limits = HttpConfig.Limits.DEFAULT.withBodies(new DataSize(ROOM));
        HttpConfig config = new HttpConfig("127.0.0.1", 0, 1, limits, PATIENT.withBody(Duration.ofMinutes(10)));
        List<RawClient> slow = new ArrayList<>();
        try (FrontFixture front = new FrontFixture(config, _ -> FrontFixture.ECHO)) {
            for (int held = 0; held < 2 * ROOM; held += SLOW_BODY) {
                slow.add(front.connect().send(post("Content-Length: 1000000\r\n") + "x".repeat(SLOW_BODY)));
            }

            CompletableFuture<String> first =
                    CompletableFuture.supplyAsync(() -> slow.getFirst().readToEnd());
            String body = "y".repeat(SLOW_BODY);
            while (!first.isDone()) {
                send(front, body);
            }

            assertThat(first.join()).isEmpty();
            assertThat(send(front, body)).startsWith("HTTP/1.1 200 ");
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    private static String send(FrontFixture front, String body) {
        try (RawClient client = front.connect()) {
            return client.send(post("Content-Length: " + body.length() + "\r\n") + body)
                    .readAnswer();
        }
    }

    @Test
    void cutsAClientThatDoesNotTakeItsAnswer() {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        Answer large = Answer.json(200, Bytes.of(new byte[64 << 20]));
        HttpConfig config = FrontFixture.config().withDeadlines(PATIENT.withAnswer(Duration.ofMillis(200)));
        try (FrontFixture front = new FrontFixture(config, _ -> exchange -> exchange.answer(large, written::complete));
                RawClient client = front.connect()) {
            client.send("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(written.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
        }
    }

    private static String post(String headers) {
        return "POST /ce HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }
}
