package dev.tidings.it;

import static dev.tidings.it.Statement.STREAM_ENDS;
import static dev.tidings.it.Statement.STREAM_LINES;
import static dev.tidings.it.Statement.STREAM_MESSAGES;
import static dev.tidings.it.Statement.STREAM_QUOTA;
import static dev.tidings.it.Statement.STREAM_RESUMES;
import static dev.tidings.it.Statement.STREAM_SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.streams.StreamsConfig;
import dev.tidings.server.streams.StreamingConfig;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Those who follow a stream.
class StreamFollowersTest {
    private static final String EVENTS = "/ce/streams/Shop.Web/events";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG)
            .and(config -> config.withServer(config.server().withStreams(eager()))
                    .withBroker(config.broker().withStreams(StreamsConfig.DEFAULT.withPerClient(3))));

    @Test
    @Proves(STREAM_LINES)
    void areToldEachEventOnALineAndThenWhatComes() {
        produce(Shop.order("1"), Shop.order("2"));

        try (Following lines = Following.of(desk(), EVENTS, Following.LINES)) {
            List<JsonNode> there = lines.events(2);
            produce(Shop.order("3"));

            assertThat(Json.ids(there)).containsExactly("1", "2");
            assertThat(Json.ids(lines.events(1))).containsExactly("3");
        }
    }

    @Test
    @Proves(STREAM_LINES)
    void areToldOnOneLineWhatItsProducerWroteOnSeveral() {
        broker.client("shop")
                .send(Call.event(Shop.order("1")).body(Shop.order("1").toPrettyString()))
                .accepted(1, 0);

        try (Following lines = Following.of(desk(), EVENTS + "?max=1", Following.LINES);
                Following messages = Following.of(desk(), EVENTS + "?max=1", Following.MESSAGES)) {
            assertThat(Json.ids(lines.events(1))).containsExactly("1");
            assertThat(lines.rest()).isEmpty();
            assertThat(messages.until("data: ").getLast()).endsWith("}");
            assertThat(messages.rest()).isEmpty();
        }
    }

    @Test
    @Proves(STREAM_MESSAGES)
    void areToldServerSentEvents() {
        produce(Shop.order("1"));

        try (Following messages = Following.of(desk(), EVENTS, Following.MESSAGES)) {
            List<String> first = messages.next(4);
            produce(Shop.event(Shop.PAID, "2"));
            List<String> second = messages.until("data: ");

            JsonNode event = Json.parse(first.get(3).substring("data: ".length()));
            assertThat(first.subList(0, 3))
                    .containsExactly(
                            "retry: 100",
                            "event: " + Shop.PLACED,
                            "id: " + event.path("streamposition").asString());
            assertThat(event.path("id").asString()).isEqualTo("1");
            assertThat(second).contains("event: " + Shop.PAID);
        }
    }

    @Test
    @Proves(STREAM_MESSAGES)
    void hearThatTheyAreThereAndHowFarTheyHaveCome() {
        try (Following messages = Following.of(desk(), EVENTS + "?types=" + Shop.PAID, Following.MESSAGES);
                Following lines = Following.of(desk(), EVENTS + "?types=" + Shop.PAID, Following.LINES)) {
            messages.until(": heartbeat");
            produce(Shop.order("not for them"));
            String latest = "id: "
                    + desk().get(EVENTS + "?from=latest").json().path("next").asString();

            assertThat(messages.until(latest)).contains(": heartbeat");
            produce(Shop.event(Shop.PAID, "2"));
            assertThat(Json.ids(lines.events(1))).containsExactly("2");
        }
    }

    @Test
    @Proves(STREAM_RESUMES)
    void goOnBehindTheLastEventThatTheyName() {
        produce(Shop.order("1"), Shop.order("2"), Shop.order("3"));
        List<JsonNode> all = new ArrayList<>();
        try (Following lines = Following.of(desk(), EVENTS, Following.LINES)) {
            all.addAll(lines.events(3));
        }
        String second = all.get(1).path("streamposition").asString();

        broker.restart();

        String address =
                EVENTS + "?max=1&after=" + all.get(2).path("streamposition").asString();
        try (Following lines = Following.of(desk(), address, Following.LINES, "Last-Event-ID", second);
                Following after = Following.of(desk(), EVENTS + "?after=" + second, Following.LINES)) {
            assertThat(Json.ids(lines.events(1))).containsExactly("3");
            assertThat(Json.ids(after.events(1))).containsExactly("3");
        }
        desk().send(Call.get(EVENTS).header("Accept", Following.MESSAGES).header("Last-Event-ID", "from elsewhere"))
                .refused(400, "invalid-parameter");
        try (Following anew = Following.of(desk(), EVENTS + "?max=1", Following.LINES, "Last-Event-ID", "")) {
            assertThat(Json.ids(anew.events(1))).containsExactly("1");
        }
        // A page is asked for where its address says.
        assertThat(desk().send(Call.get(EVENTS).header("Last-Event-ID", second))
                        .json()
                        .path("events"))
                .hasSize(3);
    }

    @Test
    @Proves(STREAM_ENDS)
    void endWhereTheyAskedForAnEnd() {
        produce(Shop.order("1"), Shop.order("2"), Shop.order("3"));

        try (Following two = Following.of(desk(), EVENTS + "?max=2", Following.LINES);
                Following all = Following.of(desk(), EVENTS + "?wait=0", Following.LINES);
                Following quiet = Following.of(desk(), EVENTS + "?wait=1", Following.LINES)) {
            assertThat(two.rest()).hasSize(2);
            assertThat(all.rest()).hasSize(3);
            assertThat(quiet.rest()).hasSize(3);
        }
    }

    @Test
    @Proves(STREAM_ENDS)
    void endAtOnceWhenWhatTheyReadIsRevoked() {
        try (Following lines = Following.of(desk(), EVENTS, Following.LINES);
                Following paid = Following.of(desk(), EVENTS + "?types=" + Shop.PAID, Following.MESSAGES)) {
            produce(Shop.order("1"));
            lines.events(1);

            broker.catalog(Shop.TYPES_ONLY
                    .client("admin", "admin: true")
                    .client("shop", Shop.PRODUCES)
                    .client("desk", "consumes: { types: [" + Shop.PLACED + "] }"));
            produce(Shop.event(Shop.PAID, "hidden"), Shop.order("2"));

            assertThat(paid.rest()).last().asString().startsWith(": ends here: the catalog grants");
            assertThat(Json.ids(lines.events(1))).containsExactly("2");
            broker.catalog(Shop.TYPES_ONLY.client("admin", "admin: true"));
            assertThat(lines.rest()).isEmpty();
        }
    }

    @Test
    @Proves(STREAM_ENDS)
    void endInGoodOrderWhenTheBrokerShutsDown() {
        produce(Shop.order("1"));
        try (HttpClient http = HttpClient.newHttpClient();
                Following messages =
                        Following.of(new Client(http, broker.address(), "desk"), EVENTS, Following.MESSAGES)) {
            messages.until("data: ");
            Client desk = new Client(http, broker.address(), "desk");
            CompletableFuture<Reply> waiting = desk.sendAsync(Call.get(EVENTS + "?from=latest&wait=60"));
            Client watcher = broker.clientWith(null);
            while (watcher.metric("tidings_stream_readers") < 2) {
                Thread.onSpinWait();
            }

            CompletableFuture<Void> restarted = CompletableFuture.runAsync(broker::restart);

            assertThat(messages.rest()).last().asString().isEqualTo(": ends here: the broker is shutting down");
            assertThat(Deadline.await(waiting).expect(200).json().path("events").size())
                    .isZero();
            Deadline.await(restarted);
        }
    }

    @Test
    @Proves(STREAM_QUOTA)
    void areAsManyAsTheQuotaOfTheirClientAllows() {
        try (Following _ = Following.of(desk(), EVENTS, Following.LINES);
                Following _ = Following.of(desk(), EVENTS, Following.LINES);
                Following _ = Following.of(desk(), EVENTS, Following.LINES)) {
            Reply refused = desk().send(Call.get(EVENTS));

            refused.refused(429, "over-quota");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            broker.client("store").get(EVENTS).expect(200);
        }
        until("tidings_stream_readers", 0);
        desk().get(EVENTS).expect(200);
    }

    @Test
    @Proves(STREAM_SLOW)
    void holdUpNobodyAndAreNotReadAheadForWhereTheyAreSlow() {
        int count = 600;
        String filling = "x".repeat(60_000);
        for (int i = 0; i < count; i++) {
            ObjectNode event = Shop.order("e" + i);
            event.putObject("data").put("filling", filling);
            produce(event);
        }

        try (Raw slow = new Raw(broker.address());
                Following fast = Following.of(broker.client("store"), EVENTS, Following.LINES)) {
            slow.head("GET " + EVENTS + " HTTP/1.1", "Authorization: Bearer desk", "Accept: " + Following.LINES);
            assertThat(fast.events(count)).hasSize(count);
            until("tidings_stream_readers", 2);
            double told = broker.clientWith(null).metric("tidings_stream_events_total");

            assertThat(told).isLessThan(2 * count);
            String head = new String(slow.read(8_000_000), StandardCharsets.UTF_8);
            assertThat(head).startsWith("HTTP/1.1 200 OK").contains("\"id\":\"e0\"", "\"id\":\"e99\"");
        }
        until("tidings_stream_readers", 0);
    }

    private void until(String series, double value) {
        Client watcher = broker.clientWith(null);
        while (watcher.metric(series) != value) {
            Thread.onSpinWait();
        }
    }

    private Client desk() {
        return broker.client("desk");
    }

    private void produce(ObjectNode... events) {
        broker.client("shop").produce(events).accepted(events.length, 0);
    }

    private static StreamingConfig eager() {
        StreamingConfig usual = StreamingConfig.DEFAULT;
        return new StreamingConfig(
                usual.batch(),
                usual.largest(),
                usual.batchBytes(),
                usual.longest(),
                usual.piece(),
                Duration.ofMillis(50),
                Duration.ofMillis(100));
    }
}
