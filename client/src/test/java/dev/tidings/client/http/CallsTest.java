package dev.tidings.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Credentials;
import dev.tidings.client.EventCoding;
import dev.tidings.client.RefusedException;
import dev.tidings.client.UnavailableException;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.streams.PositionGoneException;
import dev.tidings.client.streams.Reading;
import dev.tidings.client.streams.StreamBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of what a broker answers, by the example of its streams.
@Timeout(60)
class CallsTest {
    private static final Reading READING = Reading.of("Shop.Web");
    private static final Duration MOMENT = Duration.ofMillis(2);

    private ScriptedServer broker;
    private Calls calls;
    private RemoteStreams streams;

    @BeforeEach
    void open() throws IOException {
        broker = new ScriptedServer();
        calls = calls(Credentials.apiKey("key"));
        streams = streams(calls);
    }

    @AfterEach
    void close() throws IOException {
        streams.close();
        broker.close();
    }

    @Test
    void askForWhatIsWanted() {
        broker.reply(200, "{\"events\":[],\"next\":\"p1\",\"atEnd\":true,\"filterFailed\":2}");

        StreamBatch batch = streams.read(READING.since(Instant.parse("2026-01-31T12:00:00Z"))
                        .types("a.b", "a.c")
                        .filter("{\"cel\":\"data.a > 1\"}")
                        .max(7)
                        .patience(Duration.ofSeconds(30)))
                .join();

        assertThat(batch.next()).isEqualTo("p1");
        assertThat(batch.atEnd()).isTrue();
        assertThat(batch.filterFailed()).isEqualTo(2);
        assertThat(broker.requests()).singleElement().satisfies(request -> {
            assertThat(request.path())
                    .isEqualTo("/ce/streams/Shop.Web/events?since=2026-01-31T12%3A00%3A00Z&types=a.b%2Ca.c"
                            + "&filter=%7B%22cel%22%3A%22data.a+%3E+1%22%7D&max=7&wait=30");
            assertThat(request.header("authorization")).isEqualTo("Bearer key");
        });
    }

    @Test
    void askAgainWhereTheBrokerIsAwayOrBusy() {
        broker.reply(503, "");
        broker.reply(429, "{\"status\":429,\"detail\":\"too often\"}");
        broker.breakOff(200, "{", 100);
        broker.reply(200, "{\"next\":\"p1\"}");

        assertThat(streams.read(READING).join().next()).isEqualTo("p1");
    }

    @Test
    void giveUpAfterAWhile() {
        for (int i = 0; i < 7; i++) {
            broker.reply(503, "{\"status\":503,\"detail\":\"the disk is full\"}");
        }

        assertThatThrownBy(() -> streams.read(READING).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(UnavailableException.class)
                .hasMessage("503: the disk is full");
        assertThat(broker.requests()).hasSize(7);
    }

    @Test
    void tellWhyTheBrokerRefuses() {
        broker.reply(400, "{\"type\":\"https://tidings.dev/errors/invalid-filter\",\"detail\":\"no filter\"}");
        broker.reply(
                410, "{\"type\":\"https://tidings.dev/errors/position-gone\",\"detail\":\"gone\",\"earliest\":\"p7\"}");

        assertThatThrownBy(() -> streams.read(READING).join())
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("invalid-filter"));
        assertThatThrownBy(() -> streams.read(READING).join())
                .cause()
                .isInstanceOfSatisfying(
                        PositionGoneException.class,
                        gone -> assertThat(gone.earliest()).isEqualTo("p7"));
    }

    @Test
    void takeNoAnswerForOneThatIsNone() {
        broker.reply(200, "<html>");
        broker.reply(200, "<html>");

        assertThatThrownBy(() -> streams.read(READING).join()).hasCauseInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> streams.list().join()).hasCauseInstanceOf(UnavailableException.class);
    }

    @Test
    void askNothingTwiceThatMayNotBe() {
        broker.reply(503, "");

        assertThatThrownBy(() ->
                        calls.askOnce(calls.requests().to("/ce/subscriptions")).join())
                .hasCauseInstanceOf(UnavailableException.class);
        assertThat(broker.requests()).hasSize(1);
    }

    @Test
    void failWhereTheProgramHasNoProof() {
        RemoteStreams without = streams(calls(Credentials.token(() -> {
            throw new IllegalStateException("the issuer is away");
        })));

        assertThatThrownBy(() -> without.read(READING).join())
                .hasCauseInstanceOf(UnavailableException.class)
                .hasMessageContaining("the issuer is away");
        assertThat(broker.requests()).isEmpty();
    }

    @Test
    void hangUpWhereTheyAreCancelled() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Requests requests = new Requests("http://localhost:" + silent.getLocalPort(), Credentials.none(), null);
            CompletableFuture<StreamBatch> read = streams(
                            new Calls(requests, new BackOff(MOMENT, MOMENT, new Random(1))))
                    .read(READING);
            try (Socket connection = silent.accept()) {
                int begun = connection.getInputStream().read();

                read.cancel(true);

                assertThat(begun).isEqualTo('G');
                assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
    }

    private Calls calls(Credentials credentials) {
        return new Calls(new Requests(broker.address(), credentials, null), new BackOff(MOMENT, MOMENT, new Random(1)));
    }

    private static RemoteStreams streams(Calls calls) {
        return new RemoteStreams(
                calls,
                new RemoteStreams.Parts(
                        received -> EventCoding.event(received.json()),
                        new BackOff(MOMENT, MOMENT, new Random(1)),
                        Duration.ofSeconds(30)));
    }
}
