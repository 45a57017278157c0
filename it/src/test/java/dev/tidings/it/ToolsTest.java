package dev.tidings.it;

import static dev.tidings.it.Statement.TOOLS_MY_SETTINGS;
import static dev.tidings.it.Statement.TOOLS_TEST_CHECKED;
import static dev.tidings.it.Statement.TOOLS_TEST_EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Tools for the developers of clients.
class ToolsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG.client(
            "till",
            "description: The till of the shop.",
            "produces: { sources: [/till/2, /till/1], types: [" + Shop.PAID + "] }",
            "consumes: { types: [{ type: " + Shop.PLACED + ", history: true }] }",
            "quotas: { events-per-second: 7, bytes-per-second: 2KiB, instances: 3, subscriptions: 4 }"));

    @Test
    @Proves(TOOLS_MY_SETTINGS)
    void tellTheCallerWhatTheCatalogSaysOfIt() {
        Reply reply = broker.client("till").get("/ce/tools/my-settings").expect(200);

        JsonNode settings = reply.json();
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(settings.path("client").asString()).isEqualTo("till");
        assertThat(settings.path("description").asString()).isEqualTo("The till of the shop.");
        assertThat(settings.path("produces"))
                .isEqualTo(Json.parse("{\"sources\": [\"/till/1\", \"/till/2\"], \"types\": [\"" + Shop.PAID + "\"]}"));
        JsonNode granted = settings.path("consumes").path("types").path(0);
        assertThat(granted.path("type").asString()).isEqualTo(Shop.PLACED);
        assertThat(granted.path("history").asBoolean()).isTrue();
        assertThat(settings.path("quotas"))
                .isEqualTo(Json.parse(
                        "{\"eventsPerSecond\": 7, \"bytesPerSecond\": 2048, \"instances\": 3, \"subscriptions\": 4}"));
        assertThat(reply.text()).doesNotContain(Digests.sha256("till"));
    }

    @Test
    @Proves(TOOLS_MY_SETTINGS)
    void tellWhatTheCatalogSaysNow() {
        try (RunningBroker changing = RunningBroker.with(Shop.CATALOG).start()) {
            changing.catalog(CatalogText.EMPTY.client("admin", "admin: true").client("desk", "description: New."));

            JsonNode settings =
                    changing.client("desk").get("/ce/tools/my-settings").json();

            assertThat(settings.path("description").asString()).isEqualTo("New.");
            assertThat(settings.has("consumes")).isFalse();
        }
    }

    @Test
    @Proves(TOOLS_TEST_EVENT)
    void produceATestEventForTheCallersOwnInstances() {
        PolledInstance mine = broker.client("desk").poll("");
        PolledInstance alsoMine = broker.client("desk").poll("group=another&events=false");
        PolledInstance another = broker.client("store").poll("");

        broker.client("desk").send(test("mine").header("ce-note", "kept")).accepted(1, 0);

        JsonNode delivered = mine.event();
        assertThat(delivered.path("id").asString()).isEqualTo("mine");
        assertThat(delivered.path("source").asString()).isEqualTo(Shop.SOURCE);
        assertThat(delivered.path("note").asString()).isEqualTo("kept");
        assertThat(delivered.path("data").path("grams").asInt()).isEqualTo(5);
        assertThat(alsoMine.event().path("id").asString()).isEqualTo("mine");
        broker.client("shop").produce(Shop.order("standard")).accepted(1, 0);
        assertThat(another.event().path("id").asString()).isEqualTo("standard");
        mine.confirm();
    }

    @Test
    @Proves(TOOLS_TEST_CHECKED)
    void checkATestEventAsAProducedOne() {
        Client desk = broker.client("desk");
        Client till = broker.client("till");

        desk.send(test("")).refused(400, "malformed-event").naming("0 - /id");
        desk.send(test("1").type("application/json").body("{")).refused(400, "malformed-request");
        till.send(weighed("1", "{\"grams\": 5}")).refused(401, "not-allowed").naming("0 1 /type");
        desk.send(weighed("1", "{\"grams\": 0}"))
                .refused(422, "schema-violated")
                .naming("0 1 /data/grams");
        desk.send(test("1").body("\"" + "x".repeat(70_000) + "\"")).refused(413, "event-too-large");
        broker.client("shop").send(test("1")).refused(401, "not-allowed");
        broker.clientWith("a-wrong-key").send(test("1")).refused(401, "unauthenticated");
        desk.send(weighed("1", "{\"grams\": 5}")).accepted(1, 0);
    }

    private static Call test(String id) {
        return Call.raw(id).to("/ce/tools/consumer/test").body("{\"grams\": 5}");
    }

    private static Call weighed(String id, String data) {
        return Call.post("/ce/tools/consumer/test")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/anywhere")
                .header("ce-type", Shop.WEIGHED)
                .type("application/json")
                .body(data);
    }
}
