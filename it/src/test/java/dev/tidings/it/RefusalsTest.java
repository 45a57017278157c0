package dev.tidings.it;

import static dev.tidings.it.Statement.STATUS_404_INSTANCE;
import static dev.tidings.it.Statement.STATUS_404_PATH;
import static dev.tidings.it.Statement.STATUS_406;
import static dev.tidings.it.Statement.STATUS_409_GROUP;
import static dev.tidings.it.Statement.STATUS_413_EVENT;
import static dev.tidings.it.Statement.STATUS_413_REQUEST;
import static dev.tidings.it.Statement.STATUS_422_SCHEMA;
import static dev.tidings.it.Statement.STATUS_429_BYTES;
import static dev.tidings.it.Statement.STATUS_429_QUOTA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// What is answered with 404 to 429.
class RefusalsTest {
    private static final int KIB = 1024;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG
            .client(
                    "trickle",
                    "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }",
                    "quotas: { events-per-second: 1 }")
            .client(
                    "thin",
                    "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }",
                    "quotas: { bytes-per-second: 1KiB }"));

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ce/", "/ce/produce", "/ce/produce/event/", "/CE/produce/event", "/n1/ce/consumers"})
    @Proves(STATUS_404_PATH)
    void refusesAnUnknownPath(String path) {
        broker.client("shop").send(Call.event(Shop.order("1")).to(path)).refused(404, "not-found");
    }

    @Test
    @Proves(STATUS_404_INSTANCE)
    void refusesCallsToAnInstanceThatWasDeleted() {
        PolledInstance desk = broker.client("desk").poll("group=deleted");
        desk.delete();

        desk.poll("events").refused(404, "instance-not-found");
        broker.client("desk").post(desk.address() + "/confirm").refused(404, "instance-not-found");
        broker.client("desk").send(Call.of("DELETE", desk.address())).refused(404, "instance-not-found");
    }

    @Test
    @Proves(STATUS_404_INSTANCE)
    void refusesCallsToAnInstanceThatNeverWas() {
        broker.client("desk")
                .get("/n1/ce/consumers/~default/instances/never/event")
                .refused(404, "instance-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "application/xml",
        "text/html;q=0.9",
        "'application/json;q=0, text/*'",
    })
    @Proves(STATUS_406)
    void refusesAnAcceptThatExcludesWhatThereIs(String accept) {
        broker.client("shop")
                .send(Call.event(Shop.order("1")).header("Accept", accept))
                .refused(406, "not-acceptable");
        broker.client("shop")
                .send(Call.get("/ce/tools/my-settings").header("Accept", accept))
                .refused(406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/html, application/json;q=0.1"})
    @Proves(STATUS_406)
    void answersAnAcceptThatIncludesWhatThereIs(String accept) {
        broker.client("shop")
                .send(Call.get("/ce/tools/my-settings").header("Accept", accept))
                .expect(200);
    }

    @Test
    @Proves(STATUS_409_GROUP)
    void refusesAGroupThatExistsWithOtherSettings() {
        PolledInstance desk = broker.client("desk").poll("group=settled&types=" + Shop.PLACED);

        broker.client("desk")
                .post("/ce/consumers?group=settled&types=" + Shop.PAID)
                .refused(409, "group-conflict")
                .saying(Shop.PLACED, Shop.PAID);

        desk.delete();
    }

    @Test
    @Proves(STATUS_413_REQUEST)
    void refusesABodyOverAMebibyte() {
        List<ObjectNode> events =
                IntStream.range(0, 40).mapToObj(i -> padded("r" + i, 30 * KIB)).toList();

        broker.client("shop")
                .send(Call.batch(events))
                .refused(413, "request-too-large")
                .saying("1048576");
    }

    @Test
    @Proves(STATUS_413_REQUEST)
    void takesABodyUnderAMebibyte() {
        List<ObjectNode> events =
                IntStream.range(0, 30).mapToObj(i -> padded("s" + i, 30 * KIB)).toList();

        broker.client("shop").send(Call.batch(events)).accepted(30, 0);
    }

    @Test
    @Proves(STATUS_413_EVENT)
    void refusesAnEventOver64Kibibytes() {
        Reply reply = broker.client("shop").produce(Shop.order("small"), padded("large", 64 * KIB));

        reply.refused(413, "event-too-large").naming("1 large ");
    }

    @Test
    @Proves(STATUS_413_EVENT)
    void takesAnEventOfAlmost64Kibibytes() {
        broker.client("shop").produce(padded("almost", 63 * KIB)).accepted(1, 0);
    }

    @Test
    @Proves(STATUS_422_SCHEMA)
    void refusesDataThatViolatesTheSchemaOfItsType() {
        ObjectNode event = Shop.event(Shop.WEIGHED, "w");
        event.putObject("data").put("grams", "heavy");

        Reply reply = broker.client("shop").produce(event);

        reply.refused(422, "schema-violated").naming("0 w /data/grams");
    }

    @Test
    @Proves(STATUS_429_QUOTA)
    void refusesEventsBeyondTheRateOfTheClient() {
        Client trickle = broker.client("trickle");

        Reply refused = IntStream.range(0, 100)
                .mapToObj(i -> trickle.produce(Shop.order("q" + i)))
                .filter(reply -> reply.status() != 200)
                .findFirst()
                .orElseThrow();

        refused.refused(429, "over-quota");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        broker.client("shop").produce(Shop.order("q-other")).accepted(1, 0);
    }

    @Test
    @Proves(STATUS_429_BYTES)
    void refusesBytesBeyondTheRateOfTheClient() {
        Client thin = broker.client("thin");

        Reply refused = IntStream.range(0, 100)
                .mapToObj(i -> thin.produce(padded("b" + i, 10 * KIB)))
                .filter(reply -> reply.status() != 200)
                .findFirst()
                .orElseThrow();

        refused.refused(429, "over-quota");
        assertThat(refused.json().path("detail").asString()).contains("1KiB of events per second");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        broker.client("shop").produce(padded("b-other", 10 * KIB)).accepted(1, 0);
        assertThat(broker.client("shop").get("/metrics").text())
                .contains("tidings_client_over_quota_total{client=\"thin\"}");
    }

    private static ObjectNode padded(String id, int bytes) {
        ObjectNode event = Shop.order(id);
        event.put("data", "x".repeat(bytes));
        return event;
    }
}
