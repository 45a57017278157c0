package dev.tidings.it;

import static dev.tidings.it.Statement.STREAMS_LISTED;
import static dev.tidings.it.Statement.STREAM_BATCH;
import static dev.tidings.it.Statement.STREAM_FILTER;
import static dev.tidings.it.Statement.STREAM_GRANTS;
import static dev.tidings.it.Statement.STREAM_MOVES_NOTHING;
import static dev.tidings.it.Statement.STREAM_POSITIONS;
import static dev.tidings.it.Statement.STREAM_START;
import static dev.tidings.it.Statement.STREAM_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Streams, read a batch at a time.
class StreamsTest {
    private static final String EVENTS = "/ce/streams/Shop.Web/events";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @Test
    @Proves(STREAMS_LISTED)
    void areListedWithWhatTheyHold() {
        produce(Shop.order("1"), Shop.order("2"));

        JsonNode streams = desk().get("/ce/streams").expect(200).json().path("streams");

        assertThat(streams.valueStream().map(each -> each.path("stream").asString()))
                .containsExactly("Shop.Store", "Shop.Web");
        JsonNode web = streams.get(1);
        assertThat(web.path("types").valueStream().map(JsonNode::asString)).containsExactly(Shop.PAID, Shop.PLACED);
        assertThat(web.path("positions").asInt()).isEqualTo(2);
        assertThat(web.path("eventsPerSecond").path("lastMinute").asDouble()).isPositive();
        assertThat(web.path("earliest").asString())
                .isLessThan(web.path("latest").asString());
        assertThat(streams.get(0).path("positions").asInt()).isZero();
        assertThat(streams.get(0).path("earliest")).isEqualTo(streams.get(0).path("latest"));
    }

    @Test
    @Proves(STREAM_BATCH)
    void areReadPageByPage() {
        produce(Shop.order("1"), Shop.order("2"), Shop.order("3"));

        JsonNode first = page("?max=2");
        JsonNode second = page("?max=2&after=" + first.path("next").asString());
        JsonNode third = page("?after=" + second.path("next").asString());

        assertThat(ids(first)).containsExactly("1", "2");
        assertThat(first.path("atEnd").asBoolean()).isFalse();
        assertThat(ids(second)).containsExactly("3");
        assertThat(second.path("atEnd").asBoolean()).isTrue();
        assertThat(second.path("next")).isEqualTo(second.path("latest"));
        assertThat(ids(third)).isEmpty();
        assertThat(third.path("next")).isEqualTo(second.path("next"));
    }

    @Test
    @Proves(STREAM_BATCH)
    void goOnWithAllThatWasAskedFor() {
        produce(Shop.order("1"), Shop.event(Shop.PAID, "2"), Shop.order("3"), Shop.order("a&b"));
        String asked = "?max=1&types=" + Shop.PLACED
                + "&filter=%7B%22not%22%3A%7B%22exact%22%3A%7B%22id%22%3A%223%22%7D%7D%7D";

        JsonNode first = desk().get(EVENTS + asked).expect(200).json();
        String onwards = desk().get(EVENTS + asked).header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
        JsonNode second = desk().get(EVENTS + onwards).expect(200).json();

        assertThat(ids(first)).containsExactly("1");
        assertThat(ids(second)).containsExactly("a&b");
    }

    @Test
    @Proves(STREAM_BATCH)
    void areNotReadWholeWhereTheyAreLarge() {
        for (int i = 0; i < 25; i++) {
            produce(Shop.order(Integer.toString(i)).put("padding", "x".repeat(60_000)));
        }

        JsonNode page = desk().get(EVENTS + "?max=1000").expect(200).json();

        assertThat(ids(page)).hasSizeBetween(15, 20);
        assertThat(page.path("atEnd").asBoolean()).isFalse();
    }

    @Test
    @Proves(STREAM_BATCH)
    void areReadAsBatchesOfCloudEvents() {
        produce(Shop.order("1"), Shop.order("2"));

        Reply reply = desk().send(Call.get(EVENTS + "?max=1").header("Accept", Call.BATCH))
                .expect(200);
        String onwards = reply.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
        Reply next = desk().send(Call.get(EVENTS + onwards).header("Accept", Call.BATCH))
                .expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo(Call.BATCH);
        assertThat(Json.ids(reply.json().valueStream().toList())).containsExactly("1");
        assertThat(reply.header("Next-Position"))
                .isEqualTo(reply.json().get(0).path("streamposition").asString());
        assertThat(onwards).isEqualTo("?after=" + reply.header("Next-Position") + "&max=1");
        assertThat(Json.ids(next.json().valueStream().toList())).containsExactly("2");
    }

    @Test
    @Proves(STREAM_BATCH)
    void areToldAsEventsWithTimeAndPosition() {
        ObjectNode strange =
                Shop.order("1").put("streamposition", "of the producer").put("lane", "left");
        produce(strange);

        JsonNode event = page("").path("events").get(0);

        assertThat(event.path("streamposition").asString())
                .isEqualTo(page("").path("next").asString());
        assertThat(event.path("time").asString()).isNotEmpty();
        assertThat(event.path("lane").asString()).isEqualTo("left");
        assertThat(event.has("offset")).isFalse();
        assertThat(broker.client("store")
                        .poll("")
                        .events(1)
                        .getFirst()
                        .path("streamposition")
                        .asString())
                .isEqualTo("of the producer");
    }

    @Test
    @Proves(STREAM_START)
    void beginWhereTheReaderSays() {
        produce(Shop.order("1"));
        String before = page("").path("next").asString();
        String time = page("").path("events").get(0).path("time").asString();
        produce(Shop.order("2"));

        assertThat(ids(page("?from=earliest"))).containsExactly("1", "2");
        assertThat(ids(page("?from=latest"))).isEmpty();
        assertThat(ids(page("?after=" + before))).containsExactly("2");
        assertThat(ids(page("?since=" + time))).containsExactly("1", "2");
        assertThat(ids(page("?since=2100-01-01T00:00:00Z"))).isEmpty();
        assertThat(ids(page("?since=" + encoded("1999-12-31T23:59:59+02:00")))).containsExactly("1", "2");
        desk().get(EVENTS + "?from=earliest&since=" + time)
                .refused(400, "invalid-parameter")
                .saying("the only one of after, since and from");
        desk().get(EVENTS + "?from=2026-01-01T00:00:00Z&max=0&wait=61&since=x")
                .refused(400, "invalid-parameter")
                .saying("'since'", "'max'", "'wait'");
    }

    @Test
    @Proves(STREAM_POSITIONS)
    void keepTheirPositionsOverARestart() {
        produce(Shop.order("1"), Shop.order("2"));
        JsonNode before = page("?max=1");

        broker.restart();

        JsonNode after = page("?after=" + before.path("next").asString());
        assertThat(ids(after)).containsExactly("2");
        assertThat(after.path("earliest")).isEqualTo(before.path("earliest"));
        assertThat(after.path("latest")).isEqualTo(before.path("latest"));
    }

    @Test
    @Proves(STREAM_POSITIONS)
    void refusePositionsThatAreNotTheirs() {
        produce(Shop.order("1"), Shop.event(Shop.PACKED, "2"));
        String elsewhere = desk().get("/ce/streams/Shop.Store/events")
                .expect(200)
                .json()
                .path("next")
                .asString();
        String next = page("").path("next").asString();

        for (String position :
                List.of("", "1", "zzz", elsewhere, next + "0", next.substring(0, next.length() - 1) + "z")) {
            desk().get(EVENTS + "?after=" + encoded(position))
                    .refused(400, "invalid-parameter")
                    .saying("a position that an answer about the stream Shop.Web told");
        }
    }

    @Test
    @Proves(STREAM_FILTER)
    void tellOnlyWhatTypesAndFilterSay() {
        produce(Shop.order("1"), Shop.event(Shop.PAID, "2"), Shop.order("3").put("subject", "de-4"));

        String filter = "&filter=" + encoded("{\"prefix\":{\"subject\":\"de-\"}}");
        JsonNode filtered = page("?max=5" + filter);

        assertThat(ids(page("?types=" + Shop.PAID))).containsExactly("2");
        assertThat(ids(filtered)).containsExactly("3");
        assertThat(filtered.path("next")).isEqualTo(filtered.path("latest"));
        assertThat(ids(page("?types=" + Shop.PAID + filter))).isEmpty();
        desk().get(EVENTS + "?filter=" + encoded("{\"about\":{}}"))
                .refused(400, "invalid-parameter")
                .saying("'filter'", "/about");
        desk().get(EVENTS + "?types=" + Shop.PACKED).refused(400, "invalid-parameter");
    }

    @Test
    @Proves(STREAM_WAIT)
    void waitForWhatIsToCome() {
        String latest = page("?from=latest").path("next").asString();
        CompletableFuture<Reply> waiting = desk().sendAsync(Call.get(EVENTS + "?wait=60&after=" + latest));
        Client watcher = broker.clientWith(null);
        while (watcher.metric("tidings_stream_readers") < 1) {
            Thread.onSpinWait();
        }

        produce(Shop.order("1"));

        assertThat(ids(Deadline.await(waiting).expect(200).json())).containsExactly("1");
        assertThat(ids(page("?from=latest&wait=1"))).isEmpty();
    }

    @Test
    @Proves(STREAM_MOVES_NOTHING)
    void areReadAsOftenAsAnybodyLikesWithoutMovingAGroup() {
        produce(Shop.order("1"), Shop.order("2"));
        PolledInstance group = desk().poll("");

        assertThat(ids(page(""))).containsExactly("1", "2");
        assertThat(ids(page(""))).containsExactly("1", "2");
        assertThat(Json.ids(group.events(2))).containsExactly("1", "2");
        group.confirm(2);
        assertThat(ids(page(""))).containsExactly("1", "2");
    }

    @Test
    @Proves(STREAM_GRANTS)
    void areOnlyThoseInWhichTheCallerIsGrantedTypes() {
        broker.catalog(granting("[" + Shop.PAID + "]"));
        produce(Shop.order("1"), Shop.event(Shop.PAID, "2"), Shop.event(Shop.PACKED, "3"));

        assertThat(ids(page(""))).containsExactly("2");
        assertThat(desk().get("/ce/streams").expect(200).json().path("streams").size())
                .isEqualTo(1);
        desk().get(EVENTS + "?types=" + Shop.PLACED).refused(401, "not-allowed");
        desk().get("/ce/streams/Shop.Store/events").refused(404, "not-found");
        desk().get("/ce/streams/Shop.Nowhere/events").refused(404, "not-found");
        desk().get("/ce/streams/~dead~desk/events").refused(404, "not-found");
        broker.client("nobody").get("/ce/streams").refused(401, "not-allowed");
        broker.client("nobody").get(EVENTS).refused(401, "not-allowed");
    }

    @Test
    @Proves(STREAM_GRANTS)
    void doNotRevealWhatWasAcceptedBeforeAGrant() {
        broker.catalog(granting("[" + Shop.PAID + "]"));
        produce(Shop.order("hidden"), Shop.event(Shop.PAID, "1"));

        broker.catalog(granting("[" + Shop.PAID + ", " + Shop.PLACED + "]"));
        produce(Shop.order("2"));
        List<String> without = ids(page(""));
        broker.catalog(granting("[" + Shop.PAID + ", { type: " + Shop.PLACED + ", history: true }]"));

        assertThat(without).containsExactly("1", "2");
        assertThat(ids(page(""))).containsExactly("hidden", "1", "2");
    }

    @Test
    @Proves(STREAM_BATCH)
    void areToldInTheFormThatTheCallerAccepts() {
        assertThat(formFor("application/json")).isEqualTo("application/json");
        assertThat(formFor("*/*")).isEqualTo("application/json");
        assertThat(formFor("text/html, application/*;q=0.8")).isEqualTo("application/json");
        assertThat(formFor("application/json;q=0.1, application/cloudevents-batch+json"))
                .isEqualTo(Call.BATCH);
        desk().send(Call.get(EVENTS).header("Accept", "text/html"))
                .refused(406, "not-acceptable")
                .saying("text/event-stream", "application/x-ndjson");
        Reply head = desk().send(Call.of("HEAD", EVENTS).header("Accept", Following.MESSAGES));
        head.expect(200);
        assertThat(head.header("Content-Type")).isEqualTo(Following.MESSAGES);
        desk().send(Call.of("HEAD", EVENTS + "?wait=60")).expect(200);
    }

    private String formFor(String accept) {
        return desk().send(Call.get(EVENTS).header("Accept", accept))
                .expect(200)
                .header("Content-Type");
    }

    private static CatalogText granting(String types) {
        return Shop.TYPES_ONLY
                .client("admin", "admin: true")
                .client("shop", Shop.PRODUCES)
                .client("nobody", "description: Somebody without rights.")
                .client("desk", "consumes: { types: " + types + " }");
    }

    private Client desk() {
        return broker.client("desk");
    }

    private JsonNode page(String query) {
        return desk().get(EVENTS + query).expect(200).json();
    }

    private void produce(ObjectNode... events) {
        broker.client("shop").produce(events).accepted(events.length, 0);
    }

    private static List<String> ids(JsonNode page) {
        return Json.ids(page.path("events").valueStream().toList());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
