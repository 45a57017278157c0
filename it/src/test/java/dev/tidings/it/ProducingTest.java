package dev.tidings.it;

import static dev.tidings.it.Statement.PRODUCE_ACROSS_TYPES;
import static dev.tidings.it.Statement.PRODUCE_ALL_OR_NOTHING;
import static dev.tidings.it.Statement.PRODUCE_EMPTY_BATCH;
import static dev.tidings.it.Statement.PRODUCE_EVENT;
import static dev.tidings.it.Statement.PRODUCE_EVENTS;
import static dev.tidings.it.Statement.PRODUCE_EXTENSIONS_KEPT;
import static dev.tidings.it.Statement.PRODUCE_OFFSET_DROPPED;
import static dev.tidings.it.Statement.PRODUCE_RECEIPT;
import static dev.tidings.it.Statement.PRODUCE_SCHEMA_JSON_ONLY;
import static dev.tidings.it.Statement.PRODUCE_TIME_SET;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Structured events, and batches of them.
class ProducingTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @Test
    @Proves(PRODUCE_EVENT)
    void takesOneStructuredEvent() {
        PolledInstance desk = desk("structured");
        ObjectNode event = Shop.order("one").put("subject", "a € sign").put("partitionkey", "k");
        event.put("dataschema", "https://shop.example/schema").put("time", "2026-01-31T12:00:00.123456789+02:00");

        broker.client("shop").produce(event).accepted(1, 0);

        ObjectNode delivered = (ObjectNode) desk.event();
        delivered.remove("offset");
        assertThat(delivered).isEqualTo(event);
    }

    @Test
    @Proves(PRODUCE_EVENT)
    void takesAContentTypeWithParameters() {
        Call call = Call.post("/ce/produce/event").type("Application/CloudEvents+JSON; charset=UTF-8");

        broker.client("shop")
                .send(call.body(Shop.order("parameters").toString()))
                .accepted(1, 0);
    }

    @Test
    @Proves({PRODUCE_EVENTS, PRODUCE_RECEIPT})
    void takesAnArrayOfEvents() {
        PolledInstance desk = desk("array");

        broker.client("shop")
                .produce(Shop.order("b1"), Shop.order("b2"), Shop.order("b3"))
                .accepted(3, 0);

        assertThat(Json.ids(desk.events(3))).containsExactly("b1", "b2", "b3");
    }

    @Test
    @Proves(PRODUCE_EMPTY_BATCH)
    void takesAnEmptyBatch() {
        broker.client("shop").send(Call.batch(List.of())).accepted(0, 0);
    }

    @Test
    @Proves(PRODUCE_TIME_SET)
    void setsTheTimeWhereItIsAbsent() {
        PolledInstance desk = desk("time");
        Instant before = Instant.now().minusMillis(1);

        broker.client("shop")
                .produce(Shop.order("now"), Shop.order("null").putNull("time"))
                .accepted(2, 0);

        for (JsonNode delivered : desk.events(2)) {
            Instant time =
                    OffsetDateTime.parse(delivered.path("time").asString()).toInstant();
            assertThat(time).isBetween(before, Instant.now());
        }
    }

    @Test
    @Proves(PRODUCE_EXTENSIONS_KEPT)
    void keepsExtensionAttributes() {
        PolledInstance desk = desk("extensions");
        ObjectNode event =
                Shop.order("extended").put("traceparent", "00-aa-bb-01").put("sampled", true);
        event.put("rank", -7).put("x0", "€ \"quoted\" \\ \uD83D\uDE00");

        broker.client("shop").produce(event).accepted(1, 0);

        JsonNode delivered = desk.event();
        for (String name : List.of("traceparent", "sampled", "rank", "x0")) {
            assertThat(delivered.get(name)).as(name).isEqualTo(event.get(name));
        }
    }

    @Test
    @Proves(PRODUCE_OFFSET_DROPPED)
    void dropsAnOffset() {
        PolledInstance desk = desk("offset");

        broker.client("shop")
                .produce(Shop.order("o1").put("offset", "77"), Shop.order("o2").put("offset", 1))
                .accepted(2, 0);

        assertThat(desk.events(2))
                .extracting(event -> event.path("offset").asString("no string"))
                .containsExactly("1", "2");
    }

    @Test
    @Proves(PRODUCE_ALL_OR_NOTHING)
    void storesNothingOfABatchOfWhichOneEventIsRefused() {
        PolledInstance desk = desk("nothing");
        Client shop = broker.client("shop");
        ObjectNode light = Shop.event(Shop.WEIGHED, "light");
        light.putObject("data").put("grams", -1);

        shop.produce(Shop.order("n1"), Shop.order("n2").put("id", "")).refused(400, "malformed-event");
        shop.produce(Shop.order("n3"), Shop.order("n4").put("source", "/else")).refused(401, "not-allowed");
        shop.produce(Shop.order("n5"), light).refused(422, "schema-violated");
        shop.produce(Shop.order("n6"), Shop.order("n7").put("data", "x".repeat(70_000)))
                .refused(413, "event-too-large");

        shop.produce(Shop.order("marker")).accepted(1, 0);
        assertThat(desk.event().path("id").asString()).isEqualTo("marker");
        shop.produce(Shop.order("n1"), Shop.order("n3"), Shop.order("n5"), Shop.order("n6"))
                .accepted(4, 0);
    }

    @Test
    @Proves({PRODUCE_ACROSS_TYPES, PRODUCE_ALL_OR_NOTHING})
    void storesABatchAcrossTypesAndStreamsWhole() {
        PolledInstance desk = desk("across");

        broker.client("shop")
                .produce(
                        Shop.event(Shop.PLACED, "a1"),
                        Shop.event(Shop.PACKED, "a2"),
                        Shop.event(Shop.PAID, "a3"),
                        Shop.event(Shop.WEIGHED, "a4"))
                .accepted(4, 0);

        assertThat(desk.events(4))
                .extracting(event -> event.path("type").asString())
                .containsExactlyInAnyOrder(Shop.PLACED, Shop.PACKED, Shop.PAID, Shop.WEIGHED);
    }

    @Test
    @Proves(PRODUCE_SCHEMA_JSON_ONLY)
    void takesJsonOnlyWhereTheTypeHasASchema() {
        Client shop = broker.client("shop");
        ObjectNode text = Shop.event(Shop.WEIGHED, "text")
                .put("datacontenttype", "text/plain")
                .put("data", "1200 g");
        ObjectNode binary = Shop.event(Shop.WEIGHED, "binary").put("data_base64", "AAEC");
        binary.remove("data");
        ObjectNode none = Shop.event(Shop.WEIGHED, "none");
        none.remove("data");
        ObjectNode json = Shop.event(Shop.WEIGHED, "json").put("datacontenttype", "application/vnd.shop+json");

        shop.produce(text).refused(422, "schema-violated").naming("0 text /data");
        shop.produce(binary).refused(422, "schema-violated").naming("0 binary /data");
        shop.produce(none).refused(422, "schema-violated").naming("0 none /data");
        shop.produce(json).accepted(1, 0);
    }

    /// An instance of a group that begins now.
    private static PolledInstance desk(String group) {
        return broker.client("desk").poll("from=latest&group=" + group);
    }
}
