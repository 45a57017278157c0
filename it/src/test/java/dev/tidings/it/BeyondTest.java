package dev.tidings.it;

import static dev.tidings.it.Statement.BEYOND_FROM;
import static dev.tidings.it.Statement.BEYOND_INFLIGHT;
import static dev.tidings.it.Statement.BEYOND_POST_CE;
import static dev.tidings.it.Statement.BEYOND_TYPES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What is beyond the base protocol, in producing and consuming.
class BeyondTest {
    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @Test
    @Proves(BEYOND_POST_CE)
    void takesAllThreeModesAtOneAddress() {
        Client shop = broker.client("shop");

        shop.send(Call.raw("json").to("/ce").type("application/json").body("{}"))
                .accepted(1, 0);
        shop.send(Call.raw("xml").to("/ce").type("application/xml").body("<a/>"))
                .accepted(1, 0);
        shop.send(Call.raw("empty").to("/ce")).accepted(1, 0);
        shop.send(Call.event(Shop.order("structured")).to("/ce")).accepted(1, 0);
        shop.send(Call.batch(List.of(Shop.order("b1"), Shop.order("b2"))).to("/ce"))
                .accepted(2, 0);

        PolledInstance desk = broker.client("desk").poll("");
        assertThat(Json.ids(desk.events(6))).containsExactly("json", "xml", "empty", "structured", "b1", "b2");
    }

    @Test
    @Proves(BEYOND_POST_CE)
    void refusesAtThatAddressAsAtTheOthers() {
        Client shop = broker.client("shop");

        shop.send(Call.event(Shop.order("")).to("/ce"))
                .refused(400, "malformed-event")
                .naming("0 - /id");
        shop.send(Call.post("/ce").type("application/json").body("{}"))
                .refused(400, "malformed-event")
                .naming("0 - /specversion", "0 - /id", "0 - /source", "0 - /type");
        shop.send(Call.event(Shop.order("1")).to("/ce").body("[]")).refused(400, "malformed-request");
    }

    @Test
    @Proves(BEYOND_INFLIGHT)
    void sendsNoMoreThanTheWindowThatAnInstanceAsksFor() {
        broker.client("shop")
                .produce(Shop.order("1"), Shop.order("2"), Shop.order("3"))
                .accepted(3, 0);
        PolledInstance desk = broker.client("desk").poll("inflight=2");

        assertThat(Json.ids(desk.events(2))).containsExactly("1", "2");
        desk.hasNothing();
        desk.confirm(1);
        assertThat(Json.ids(desk.events(1))).containsExactly("3");
        desk.hasNothing();
    }

    @Test
    @Proves(BEYOND_TYPES)
    void readsASubsetOfWhatIsGranted() {
        broker.client("shop")
                .produce(Shop.event(Shop.PLACED, "1"), Shop.event(Shop.PAID, "2"), Shop.event(Shop.PACKED, "3"))
                .accepted(3, 0);

        PolledInstance desk = broker.client("desk").poll("group=some&types=" + Shop.PAID + "," + Shop.PACKED);

        assertThat(Json.ids(desk.events(2))).containsExactlyInAnyOrder("2", "3");
        desk.hasNothing();
    }

    @Test
    @Proves(BEYOND_TYPES)
    void refusesOtherTypesForAGroupThatExists() {
        Client desk = broker.client("desk");
        desk.poll("group=some&types=" + Shop.PAID);

        desk.post("/ce/consumers?group=some&types=" + Shop.PLACED).refused(409, "group-conflict");
        desk.post("/ce/consumers?group=some&types=" + Shop.PAID).expect(201);
        desk.post("/ce/consumers?group=some").expect(201);
    }

    @Test
    @Proves(BEYOND_TYPES)
    void rememberTheTypesOfAGroupAcrossARestart() {
        broker.client("desk").poll("group=some&types=" + Shop.PAID);

        broker.restart();

        broker.client("desk")
                .post("/ce/consumers?group=some&types=" + Shop.PLACED)
                .refused(409, "group-conflict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "from=earliest"})
    @Proves(BEYOND_FROM)
    void startsAtTheEarliest(String from) {
        broker.client("shop").produce(Shop.order("old")).accepted(1, 0);

        PolledInstance desk = broker.client("desk").poll(from);

        assertThat(desk.event().path("id").asString()).isEqualTo("old");
    }

    @Test
    @Proves(BEYOND_FROM)
    void startsAtTheLatest() {
        broker.client("shop").produce(Shop.order("old")).accepted(1, 0);
        PolledInstance desk = broker.client("desk").poll("from=latest");

        broker.client("shop").produce(Shop.order("new")).accepted(1, 0);

        assertThat(desk.event().path("id").asString()).isEqualTo("new");
    }

    @Test
    @Proves(BEYOND_FROM)
    void startsAtATime() {
        Client shop = broker.client("shop");
        shop.produce(Shop.order("old")).accepted(1, 0);
        Instant between = tick();
        shop.produce(Shop.order("new")).accepted(1, 0);

        PolledInstance desk = broker.client("desk").poll("from=" + between);

        assertThat(desk.event().path("id").asString()).isEqualTo("new");
    }

    @Test
    @Proves(BEYOND_FROM)
    void startsWhereItIsWhenItIsNotNew() {
        Client shop = broker.client("shop");
        shop.produce(Shop.order("1"), Shop.order("2")).accepted(2, 0);
        PolledInstance first = broker.client("desk").poll("");
        List<JsonNode> read = first.events(1);
        first.confirm();
        first.delete();

        PolledInstance second = broker.client("desk").poll("from=latest");

        assertThat(Json.ids(read)).containsExactly("1");
        assertThat(second.event().path("id").asString()).isEqualTo("2");
    }

    /// The time of the next millisecond, once it has begun; and the one after it has begun too.
    private static Instant tick() {
        Instant next = Instant.ofEpochMilli(System.currentTimeMillis() + 1);
        while (!Instant.now().isAfter(next.plusMillis(1))) {
            Thread.onSpinWait();
        }
        return next;
    }
}
