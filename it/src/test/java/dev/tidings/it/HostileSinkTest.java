package dev.tidings.it;

import static dev.tidings.it.BareSink.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.it.BareSink.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of events whose sink misbehaves, of the sink, and of others.
class HostileSinkTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @RegisterExtension
    final RunningBroker broker =
            RunningBroker.with(CatalogText.EMPTY.type(Shop.PLACED)).insecure();

    private final Subscriber subscriber = new Subscriber(broker);
    private final HookSink sink = new HookSink();

    @AfterEach
    void close() {
        sink.close();
    }

    static Stream<Named<Manner>> halfAnswers() {
        return Stream.of(
                half("no byte", ""),
                half("half a head", "HTTP/1.1 204 No Content\r\nX-So: "),
                half("half a body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
                half("half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha"),
                half("another protocol", "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
                Named.of("a reset", (socket, _) -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }));
    }

    private static Named<Manner> half(String name, String text) {
        return Named.of(name, (socket, out) -> {
            write(out, text);
            socket.close();
        });
    }

    @ParameterizedTest
    @MethodSource("halfAnswers")
    @Proves(Statement.SINK_FAILS)
    void getsAgainWhatItDidNotAnswerInFull(Manner manner) {
        try (BareSink bare = new BareSink(manner)) {
            String subscription = subscriber.subscribe(Subscriber.to(bare.address()));
            subscriber.produce("1");
            assertThat(bare.next()).isEqualTo("1");
            subscriber.failure(subscription);

            broker.leap(Duration.ofSeconds(1));

            assertThat(bare.next()).isEqualTo("1");
            subscriber.await(subscription, status -> status.path("backlog").asInt() == 0);
        }
    }

    @Test
    @Proves({Statement.SINK_TIMEOUT, Statement.SINK_FAILS})
    void getsAgainWhatItDidNotAnswerInTime() {
        CountDownLatch over = new CountDownLatch(1);
        Manner trickle = (_, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1");
            Deadline.await(over);
            write(out, "2");
        };
        try (BareSink bare = new BareSink(trickle)) {
            String subscription = subscriber.subscribe(Subscriber.to(bare.address()));
            subscriber.produce("1");
            bare.next();

            broker.leap(TIMEOUT.minusSeconds(1));
            assertThat(subscriber.status(subscription).path("inFlight").asInt()).isOne();
            broker.leap(Duration.ofSeconds(1));

            assertThat(subscriber.failure(subscription)).contains("had not answered in full after 15 s");
            broker.leap(Duration.ofSeconds(1));
            assertThat(bare.next()).isEqualTo("1");
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Proves(Statement.SINK_FAILS)
    void isNotFollowedWhereItLeadsElsewhere(int status) {
        sink.saying("/a", Map.of("WebHook-Allowed-Origin", "*", "Location", sink.at("/elsewhere")));
        sink.answering("/a", _ -> status);
        String subscription = subscriber.subscribe(Subscriber.to(sink.at("/a")));

        subscriber.produce("1");

        assertThat(subscriber.failure(subscription)).contains("answered " + status);
        sink.answering("/a", _ -> 204);
        broker.leap(Duration.ofSeconds(1));
        assertThat(sink.awaitIds("/a", 2)).containsExactly("1", "1");
        assertThat(sink.ids("/elsewhere")).isEmpty();
        assertThat(sink.questions("/elsewhere")).isEmpty();
    }

    @Test
    @Proves({Statement.SINK_BOUNDED, Statement.SINK_CONFIRMS})
    void isCutOffWhereItsAnswerHasNoEnd() {
        Manner endless = (_, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n");
            while (true) {
                write(out, "z".repeat(1_000));
            }
        };
        try (BareSink bare = new BareSink(endless)) {
            String subscription = subscriber.subscribe(Subscriber.to(bare.address()));

            subscriber.produce("1", "2");

            bare.awaitCut();
            assertThat(List.of(bare.next(), bare.next())).containsExactly("1", "2");
            subscriber.await(subscription, status -> status.path("backlog").asInt() == 0);
        }
    }

    @Test
    @Proves(Statement.SINK_BUSY)
    void isLeftAloneAsLongAsItAsksAlsoOverARestart() {
        sink.saying("/a", Map.of("WebHook-Allowed-Origin", "*", "Retry-After", "3600"));
        AtomicInteger answered = new AtomicInteger();
        sink.answering("/a", _ -> answered.getAndIncrement() == 0 ? 503 : 200);
        ObjectNode once = Subscriber.to(sink.at("/a"));
        Subscriber.config(once).withObjectProperty("retries").put("giveUp", "0s");
        String subscription = subscriber.subscribe(once);
        subscriber.produce("1");
        subscriber.failure(subscription);

        broker.leap(Duration.ofMinutes(30));
        broker.restart();
        subscriber.subscribe(Subscriber.to(sink.at("/b")));
        subscriber.produce("2");
        sink.awaitIds("/b", 1);
        assertThat(subscriber.status(subscription).path("breaker").asString()).isEqualTo("open");
        assertThat(sink.ids("/a")).containsExactly("1");

        broker.leap(Duration.ofMinutes(30).plusSeconds(1));
        assertThat(sink.awaitIds("/a", 3)).containsExactly("1", "1", "2");
    }

    @Test
    @Proves({Statement.SINK_RETRIES, Statement.SINK_RESTART})
    void isNotTriedAgainBeforeThatIsDueThoughTheBrokerRestarts() {
        sink.answering("/a", hook -> hook.id().equals("1") ? 500 : 200);
        ObjectNode wanted = Subscriber.to(sink.at("/a"));
        Subscriber.config(wanted)
                .withObjectProperty("retries")
                .put("first", "1d")
                .put("longest", "1d");
        String subscription = subscriber.subscribe(wanted);
        subscriber.produceAlone("1");
        subscriber.await(subscription, status -> status.path("retries").asInt() == 1);

        broker.restart();
        subscriber.produceAlone("2");
        assertThat(sink.awaitIds("/a", 2)).containsExactly("1", "2");
        subscriber.await(subscription, status -> status.path("backlog").asInt() == 1);

        sink.answering("/a", _ -> 200);
        broker.leap(Duration.ofDays(1));
        assertThat(sink.awaitIds("/a", 3)).containsExactly("1", "2", "1");
    }

    @Test
    @Proves(Statement.SINK_RETRIES)
    void isTriedAgainAfterGrowingWaitsUntilItsEventIsDead() {
        sink.answering("/a", _ -> 404);
        ObjectNode wanted = Subscriber.to(sink.at("/a"));
        Subscriber.config(wanted)
                .withObjectProperty("retries")
                .put("first", "1m")
                .put("longest", "8m")
                .put("giveUp", "10m");
        String subscription = subscriber.subscribe(wanted);
        subscriber.produce("1");

        List<Integer> retries = new ArrayList<>();
        for (int attempt = 1; deadEvents().isEmpty(); attempt++) {
            sink.awaitIds("/a", attempt);
            subscriber.await(
                    subscription,
                    status -> status.has("nextRetry") || status.path("backlog").asInt() == 0);
            retries.add(attempt);
            broker.leap(Duration.ofMinutes(8));
        }

        JsonNode dead = deadEvents().get(0);
        assertThat(retries).hasSizeBetween(4, 6);
        assertThat(dead.path("reason").asString()).isEqualTo("undeliverable");
        assertThat(dead.path("attempts").asInt()).isEqualTo(sink.ids("/a").size());
        assertThat(dead.path("detail").asString()).contains("answered 404");
    }

    @Test
    @Proves(Statement.SINK_REJECTS)
    void losesNoneOfABatchButTheEventItWillNotTake() {
        sink.answering("/a", hook -> hook.body().contains("\"bad\"") ? 422 : 200);
        ObjectNode wanted = Subscriber.to(sink.at("/a"));
        Subscriber.settings(wanted).put("mode", "batch");
        Subscriber.config(wanted).put("paused", true);
        String subscription = subscriber.subscribe(wanted);
        subscriber.produce("1", "bad", "2");

        subscriber.client().post(subscription + "/resume").expect(200);

        sink.awaitIds("/a", 4);
        subscriber.await(subscription, status -> status.path("backlog").asInt() == 0);
        assertThat(deadEvents()).hasSize(1);
        assertThat(sink.hooks("/a"))
                .extracting(
                        hook -> Json.ids(Json.parse(hook.body()).valueStream().toList()))
                .containsExactly(List.of("1", "bad", "2"), List.of("1"), List.of("bad"), List.of("2"));
    }

    @Test
    @Proves(Statement.SINK_BREAKER)
    void isLeftAloneWhereItFailsAndFoundWellByOneRequest() {
        sink.answering("/a", _ -> 500);
        ObjectNode wanted = Subscriber.to(sink.at("/a"));
        Subscriber.config(wanted)
                .put("concurrency", 1)
                .withObjectProperty("retries")
                .put("first", "1d")
                .put("longest", "1d");
        String subscription = subscriber.subscribe(wanted);
        for (int i = 1; i <= 8; i++) {
            subscriber.produceAlone("e" + i);
        }
        JsonNode open = subscriber.await(
                subscription, status -> status.path("breaker").asString().equals("open"));
        assertThat(sink.ids("/a")).hasSize(5);
        assertThat(open.path("retries").asInt()).isEqualTo(5);

        broker.leap(Duration.ofSeconds(5));
        sink.awaitIds("/a", 6);
        subscriber.await(subscription, status -> status.path("retries").asInt() == 6);
        assertThat(sink.ids("/a")).hasSize(6);

        sink.answering("/a", _ -> 200);
        broker.leap(Duration.ofSeconds(10));
        assertThat(sink.awaitIds("/a", 8)).doesNotHaveDuplicates();
        assertThat(subscriber.status(subscription).path("breaker").asString()).isEqualTo("closed");
    }

    @Test
    @Proves(Statement.SINK_ISOLATED)
    void slowsNobodyElse() {
        CountDownLatch over = new CountDownLatch(1);
        sink.answering("/hanging", _ -> {
            Deadline.await(over);
            return 200;
        });
        sink.answering("/failing", _ -> 500);
        subscriber.subscribe(Subscriber.to(sink.at("/hanging")));
        subscriber.subscribe(Subscriber.to(sink.at("/failing")));
        subscriber.subscribe(Subscriber.to(sink.at("/fine")));

        for (int i = 0; i < 50; i++) {
            subscriber.produceAlone("e" + i);
        }

        assertThat(sink.awaitIds("/fine", 50)).hasSize(50).doesNotHaveDuplicates();
        over.countDown();
    }

    private List<JsonNode> deadEvents() {
        return subscriber
                .client()
                .get("/ce/dead")
                .expect(200)
                .json()
                .path("events")
                .valueStream()
                .toList();
    }
}
