package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Dead events that programs repair.
class RepairTest {
    private static final String HANDLER = "group=repair&errorsOf=~default&test=false";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @Test
    @Proves(Statement.BEYOND_ERRORS_OF)
    void givesAnErrorHandlerWhatIsDeadWithTheReason() {
        dies("a");

        JsonNode dead = broker.client("desk").poll(HANDLER).event();

        assertThat(dead.path("id").asString()).isEqualTo("a");
        assertThat(dead.path("error").asString()).isEqualTo("out of stock");
        assertThat(dead.path("deadid").asString()).isEqualTo("desk~0");
        assertThat(dead.path("deadgroup").asString()).isEqualTo("~default");
        assertThat(dead.path("deadreason").asString()).isEqualTo("reported");
        assertThat(dead.path("deadattempts").asInt()).isEqualTo(1);
        assertThat(dead.path("deadsince").asString()).startsWith("20");
    }

    @Test
    @Proves(Statement.BEYOND_REPAIR)
    void givesARepairedEventToTheGroupThatFailedUntilTheRoundsAreOver() {
        dies("a");
        PolledInstance handler = broker.client("desk").poll(HANDLER);
        for (int round = 1; round <= 3; round++) {
            String id = handler.event().path("deadid").asString();
            ObjectNode mended = Shop.order("mended-" + round);
            desk("/ce/dead/" + id + "/resubmit", mended).expect(204);
            handler.confirm();

            JsonNode again = dies("mended-" + round);
            assertThat(again.path("repairround").asInt()).isEqualTo(round);
        }

        String last = handler.event().path("deadid").asString();
        desk("/ce/dead/" + last + "/resubmit", null).refused(409, "repairs-exhausted");
        handler.confirm();
        assertThat(dead("admin", "/admin/dead")).containsExactly(last);
    }

    @Test
    @Proves(Statement.BEYOND_REPAIR)
    void judgesARepairedEventAsAProducedOne() {
        dies("a");

        desk("/ce/dead/desk~0/resubmit", Shop.event(Shop.WEIGHED, "b").putNull("data"))
                .refused(422, "schema-violated");
        desk("/ce/dead/desk~0/resubmit", Shop.event("Shop.Web.Order.Unheard", "b"))
                .refused(401, "not-allowed");

        assertThat(dead("desk", "/ce/dead")).containsExactly("desk~0");
    }

    @Test
    @Proves(Statement.BEYOND_REPAIR)
    void leavesToPeopleWhatAHandlerConfirmsOrReportsDead() {
        dies("a");
        dies("b");
        PolledInstance handler = broker.client("desk").poll(HANDLER);
        List<JsonNode> both = handler.events(2);

        handler.dead(both.get(1)).expect(202);
        handler.confirm();

        handler.hasNothing();
        assertThat(dead("admin", "/admin/dead")).containsExactly("desk~0", "desk~1");
    }

    @Test
    @Proves(Statement.BEYOND_REPAIR)
    void passesOverWhatWasSettledMeanwhile() {
        dies("a");
        dies("b");
        desk("/ce/dead/desk~0/discard", null).expect(204);

        JsonNode dead = broker.client("desk").poll(HANDLER).event();

        assertThat(dead.path("deadid").asString()).isEqualTo("desk~1");
        desk("/ce/dead/desk~0/discard", null).refused(409, "state-conflict");
    }

    @Test
    @Proves(Statement.BEYOND_ERRORS_OF)
    void deliversADeadEventAgainUntilItsHandlerConfirmsIt() {
        dies("a");
        PolledInstance first = broker.client("desk").poll(HANDLER);
        first.event();
        first.delete();
        broker.restart();

        PolledInstance second = broker.client("desk").poll("group=repair");

        assertThat(second.event().path("deadid").asString()).isEqualTo("desk~0");
        second.confirm();
        second.delete();
        broker.client("desk").poll("group=repair").hasNothing();
    }

    @Test
    @Proves(Statement.BEYOND_REPAIR)
    void hidesTheDeadEventsOfOthers() {
        dies("a");
        Client store = broker.client("store");

        assertThat(dead("store", "/ce/dead")).isEmpty();
        store.get("/ce/dead/desk~0").refused(404, "not-found");
        store.post("/ce/dead/desk~0/discard").refused(404, "not-found");
        store.post("/ce/dead/desk~0/resubmit").refused(404, "not-found");
        store.poll("group=repair&errorsOf=*&test=false").hasNothing();
        assertThat(dead("desk", "/ce/dead")).containsExactly("desk~0");
    }

    @Test
    @Proves(Statement.BEYOND_ERRORS_OF)
    void refusesAnErrorHandlerThatMakesNoSense() {
        Client desk = broker.client("desk");

        desk.post("/ce/consumers?group=a&errorsOf=a").refused(400, "invalid-parameter");
        desk.post("/ce/consumers?group=a&errorsOf=/").refused(400, "invalid-parameter");
        desk.post("/ce/consumers?group=a&errorsOf=b&events=false").refused(400, "invalid-parameter");
        desk.poll("group=a&errorsOf=b");
        desk.post("/ce/consumers?group=a&errorsOf=c").refused(409, "group-conflict");
    }

    /// An event dies in the default group; returns it as it had been delivered.
    private JsonNode dies(String id) {
        if (!id.startsWith("mended")) {
            broker.client("shop").produce(Shop.order(id)).accepted(1, 0);
        }
        PolledInstance desk = broker.client("desk").poll("test=false");
        ObjectNode event = (ObjectNode) desk.event();
        assertThat(event.path("id").asString()).isEqualTo(id);
        desk.dead(event.deepCopy().put("error", "out of stock")).expect(202);
        desk.delete();
        return event;
    }

    private Reply desk(String path, ObjectNode event) {
        Call call = Call.post(path);
        return broker.client("desk")
                .send(event == null ? call : call.type(Call.EVENT).body(event.toString()));
    }

    private List<String> dead(String client, String path) {
        return broker.client(client)
                .get(path)
                .expect(200)
                .json()
                .path("events")
                .valueStream()
                .map(event -> event.path("id").asString())
                .toList();
    }
}
