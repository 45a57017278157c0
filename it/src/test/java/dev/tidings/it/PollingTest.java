package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Consuming by long polling: the calls and their answers.
class PollingTest {
    private static final int ROUNDS = 20;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @Test
    @Proves({Statement.POLL_CREATE, Statement.POLL_LOCATION})
    void createsAnInstanceAtAnAbsoluteAddress() {
        Reply created = shop.consumer().post("/ce/consumers?group=night-shift").expect(201);

        URI location = URI.create(created.header("Location"));
        assertThat(location.toString())
                .startsWith(broker.address() + "/")
                .matches("http://[^/]+/[A-Za-z0-9-]+/ce/consumers/night-shift/instances/[A-Za-z0-9]{20,}");
        assertThat(created.body().isEmpty()).isTrue();
        shop.consumer().get(location + "/event?timeout=0").expect(204);
    }

    @Test
    @Proves(Statement.POLL_LOCATION)
    void namesTheDefaultGroupInTheAddress() {
        assertThat(shop.poll("").address()).contains("/ce/consumers/~default/instances/");
    }

    @Test
    @Proves(Statement.POLL_RAW)
    void answersTheNextEventInBinaryMode() {
        shop.produce(shop.order("a", "Käthe's"));

        Reply reply = shop.poll("").poll("raw").expect(200);

        assertThat(reply.header("ce-specversion")).isEqualTo("1.0");
        assertThat(reply.header("ce-id")).isEqualTo("a");
        assertThat(reply.header("ce-source")).isEqualTo("/" + shop.name());
        assertThat(reply.header("ce-type")).isEqualTo(shop.placed());
        assertThat(reply.header("ce-partitionkey")).isEqualTo("K%C3%A4the's");
        assertThat(reply.header("ce-time")).isNotBlank();
        assertThat(reply.header("ce-offset")).isEqualTo("1");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.text()).isEqualTo("{\"grams\":1}");
    }

    @Test
    @Proves(Statement.POLL_EVENT)
    void answersTheNextEventStructured() {
        shop.produce("a", "b");

        Reply reply = shop.poll("").poll("event").expect(200);

        assertThat(reply.header("Content-Type")).startsWith("application/cloudevents+json");
        ObjectNode event = (ObjectNode) reply.json();
        assertThat(event.remove("offset").asString()).isEqualTo("1");
        assertThat(event.remove("time").asString()).isNotBlank();
        assertThat(event).isEqualTo(shop.order("a"));
    }

    @Test
    @Proves({Statement.POLL_EVENTS, Statement.POLL_MAX})
    void answersTheNextBatch() {
        shop.produce("a", "b", "c");
        PolledInstance instance = shop.poll("");

        Reply first = instance.poll("events?max=2").expect(200);
        Reply second = instance.poll("events").expect(200);

        assertThat(first.header("Content-Type")).startsWith("application/cloudevents-batch+json");
        assertThat(Json.ids(first.json().valueStream().toList())).containsExactly("a", "b");
        assertThat(Json.ids(second.json().valueStream().toList())).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "event", "events"})
    @Proves(Statement.POLL_204)
    void answersWithNothingWhereNothingCameInTime(String what) {
        Reply reply = shop.poll("").poll(what + "?timeout=1");

        assertThat(reply.expect(204).body().isEmpty()).isTrue();
    }

    @Test
    void waitsForAnEvent() {
        PolledInstance instance = shop.poll("");
        CompletableFuture<Reply> poll = shop.consumer().sendAsync(Call.get(instance.address() + "/event?timeout=60"));

        shop.produce("a");

        JsonNode event = Deadline.await(poll).expect(200).json();
        assertThat(event.path("id").asString()).isEqualTo("a");
    }

    @Test
    @Proves(Statement.POLL_CONFIRM)
    void confirmsAllThatWasRead() {
        shop.produce("a", "b", "c");
        PolledInstance instance = shop.poll("");
        instance.events(2);

        shop.consumer().post(instance.address() + "/confirm").expect(204);

        instance.delete();
        assertThat(Json.ids(shop.poll("").events(1))).containsExactly("c");
    }

    @Test
    @Proves(Statement.POLL_CONFIRM_OFFSET)
    void confirmsUpToAnOffset() {
        shop.produce("a", "b", "c");
        PolledInstance instance = shop.poll("");
        instance.events(3);

        instance.confirmation(2).expect(204);

        instance.delete();
        assertThat(Json.ids(shop.poll("").events(1))).containsExactly("c");
    }

    @Test
    @Proves(Statement.POLL_CONFIRM_PARAMETER)
    void confirmsWhatWasReadBeforeByTheNextPoll() {
        shop.produce("a", "b", "c");
        PolledInstance instance = shop.poll("");
        instance.events(1);

        Reply reply = instance.poll("event?confirm=true").expect(200);

        assertThat(reply.json().path("id").asString()).isEqualTo("b");
        instance.delete();
        assertThat(Json.ids(shop.poll("").events(2))).containsExactly("b", "c");
    }

    @Test
    @Proves({Statement.POLL_DELETE, Statement.STATUS_404_INSTANCE})
    void endsAnInstance() {
        PolledInstance instance = shop.poll("");

        instance.delete();

        isGone(instance, instance.client());
    }

    @Test
    @Proves({Statement.POLL_OWN_ONLY, Statement.STATUS_404_INSTANCE})
    void hidesAnInstanceFromOtherClients() {
        shop.produce("a");
        PolledInstance instance = shop.poll("");

        isGone(instance, Branch.of(broker).consumer());
        assertThat(Json.ids(instance.events(1))).containsExactly("a");
    }

    /// Which of two polls comes first is sure only when the older is there already; so it is tried until it was.
    @Test
    @Proves(Statement.POLL_NEWER_WINS)
    void answersTheOlderOfTwoPollsWithNothing() {
        PolledInstance instance = shop.poll("");
        Call poll = Call.get(instance.address() + "/event?timeout=60");
        int round = 0;
        boolean newerWon = false;
        while (!newerWon && round < ROUNDS) {
            CompletableFuture<Reply> one = shop.consumer().sendAsync(poll);
            CompletableFuture<Reply> other = shop.consumer().sendAsync(poll);
            Deadline.await(CompletableFuture.anyOf(one, other));
            newerWon = one.isDone();
            CompletableFuture<Reply> older = newerWon ? one : other;
            CompletableFuture<Reply> newer = newerWon ? other : one;
            assertThat(older.join().status()).isEqualTo(204);
            assertThat(newer).isNotDone();
            String id = "round-" + round++;
            shop.produce(id);
            assertThat(Deadline.await(newer).expect(200).json().path("id").asString())
                    .isEqualTo(id);
        }
        assertThat(newerWon).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max=0", "max=1001", "max=-1", "max=x", "max="})
    @Proves(Statement.POLL_MAX)
    void refusesABatchThatIsTooLargeOrNone(String query) {
        shop.poll("").poll("events?" + query).refused(400, "invalid-parameter").saying("max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=61", "timeout=-1", "timeout=soon"})
    @Proves(Statement.POLL_TIMEOUT_RANGE)
    void refusesAWaitThatIsTooLong(String query) {
        shop.poll("").poll("event?" + query).refused(400, "invalid-parameter").saying("timeout");
    }

    private static void isGone(PolledInstance instance, Client client) {
        for (Call call : new Call[] {
            Call.get(instance.address() + "/event?timeout=0"),
            Call.post(instance.address() + "/confirm"),
            Call.post(instance.address() + "/dead").type(Call.EVENT).body("{}"),
            Call.of("DELETE", instance.address())
        }) {
            client.send(call).refused(404, "instance-not-found");
        }
    }
}
