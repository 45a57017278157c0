package dev.tidings.server.polling;

import static dev.tidings.server.polling.ScriptedInstance.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Outlet;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.FrontFixture;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.RawClient;
import dev.tidings.server.http.Route;
import dev.tidings.server.polling.ScriptedInstance.Poll;
import dev.tidings.server.producing.EventInput;
import dev.tidings.wire.CloudEvents;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollingTest {
    private static final String BASE = "https://events.example.org/broker";

    private final ScriptedInstance instance = new ScriptedInstance();
    private final PolledInstances polled = new PolledInstances();
    private volatile Opened opened = new Opened.Open(instance);
    private volatile Opening opening;
    private volatile Outlet outlet;
    private final FrontFixture front = new FrontFixture(FrontFixture.config(), routes()::get);

    private Map<Operation, Route> routes() {
        Instances instances = (_, wanted, to) -> {
            opening = wanted;
            outlet = to;
            return CompletableFuture.completedStage(opened);
        };
        EventInput input = new EventInput(
                new CloudEvents(CloudEvents.Limits.DEFAULT), InstantSource.fixed(Instant.EPOCH), Duration.ZERO);
        OpenRoute open = new OpenRoute(instances, polled, new InstanceAddresses(() -> BASE, "n1"));
        PollingRoutes all = PollingRoutes.of(open, polled, PollingConfig.DEFAULT, new PollingRoutes.Site("n1", input));
        Map<Operation, Route> routes = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            routes.put(operation, FrontFixture.ECHO);
        }
        routes.put(Operation.OPEN_INSTANCE, all.open());
        routes.put(Operation.POLL_RAW, all.raw());
        routes.put(Operation.POLL_EVENT, all.event());
        routes.put(Operation.POLL_EVENTS, all.events());
        routes.put(Operation.CONFIRM, all.confirm());
        routes.put(Operation.REPORT_DEAD, all.dead());
        routes.put(Operation.CLOSE_INSTANCE, all.close());
        return routes;
    }

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void opensAnInstanceAndTellsItsPublicAddress() {
        HttpResponse<String> answer = front.send(post("/ce/consumers?group=a.b&dead=true&test=false&inflight=7"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .matches(BASE + "/n1/ce/consumers/a\\.b/instances/[0-9a-f]{32}");
        assertThat(opening.group()).isEqualTo("a.b");
        assertThat(opening.lanes()).containsExactlyInAnyOrder(Lane.EVENTS, Lane.DEAD);
        assertThat(opening.inflight()).isEqualTo(7);
    }

    @Test
    void opensAnInstanceOfTheDefaultGroup() {
        assertThat(open()).startsWith("/n1/ce/consumers/~default/instances/");
        assertThat(opening.lanes()).containsExactlyInAnyOrder(Lane.EVENTS, Lane.TEST);
        assertThat(opening.start()).isEqualTo(new Opening.Start.Earliest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events=1",
                "test=maybe",
                "dead=",
                "group=~other",
                "group=a%20b",
                "group=",
                "inflight=0",
                "types=a..b",
                "from=yesterday",
                "maxDeliveries=-1",
                "maxRate=0",
                "maxRate=1000001",
                "maxRate=fast"
            })
    void refusesAParameterWithAWrongValue(String query) {
        HttpResponse<String> answer = front.send(post("/ce/consumers?" + query));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-parameter").contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void answersWhatTheBrokerRefuses() {
        opened = new Opened.Refused(Refusal.of(ErrorCode.GROUP_CONFLICT, "other types"));

        assertThat(front.send(post("/ce/consumers")).statusCode()).isEqualTo(409);
    }

    @Test
    void answersAPollWithTheNextEvent() throws InterruptedException {
        String address = open();
        var raw = get(address + "/raw");
        Poll poll = nextPoll();
        poll.answer().complete(List.of(delivery(1)));

        assertThat(raw.join().statusCode()).isEqualTo(200);
        assertThat(raw.join().headers().firstValue("ce-offset")).contains("1");
        assertThat(raw.join().headers().firstValue("ce-id")).contains("e1");
        assertThat(raw.join().body()).isEqualTo("{\"n\":1}");
        assertThat(poll.maxEvents()).isEqualTo(1);
        assertThat(poll.timeout()).isEqualTo(Duration.ofSeconds(30));

        var event = get(address + "/event");
        nextPoll().answer().complete(List.of(delivery(2)));

        assertThat(event.join().headers().firstValue("Content-Type")).contains("application/cloudevents+json");
        assertThat(event.join().body()).contains("\"offset\":\"2\"").contains("\"id\":\"e2\"");
    }

    @Test
    void answersAPollWithABatch() throws InterruptedException {
        String address = open();
        var batch = get(address + "/events?max=1000&timeout=60");
        Poll poll = nextPoll();
        poll.answer().complete(List.of(delivery(1), delivery(2)));

        assertThat(batch.join().headers().firstValue("Content-Type")).contains("application/cloudevents-batch+json");
        assertThat(batch.join().body()).startsWith("[{").contains("\"offset\":\"1\"", "\"offset\":\"2\"");
        assertThat(poll.maxEvents()).isEqualTo(1000);
        assertThat(poll.timeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void answersAPollThatFoundNothingWithNoContent() throws InterruptedException {
        var answer = get(open() + "/events");
        Poll poll = nextPoll();
        poll.answer().complete(List.of());

        assertThat(answer.join().statusCode()).isEqualTo(204);
        assertThat(poll.maxEvents()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max=0", "max=1001", "max=x", "timeout=61", "timeout=-1", "timeout=1.5", "confirm=1"})
    void refusesAPollWithAWrongParameter(String query) {
        assertThat(get(open() + "/events?" + query).join().statusCode()).isEqualTo(400);
        assertThat(instance.polls).isEmpty();
    }

    @Test
    void confirmsWhatWasReadBeforeItPollsAgain() throws InterruptedException {
        String address = open();
        var first = get(address + "/events?confirm=true");
        nextPoll().answer().complete(List.of(delivery(1), delivery(2)));
        first.join();
        assertThat(instance.confirmed).isEmpty();

        var second = get(address + "/events?confirm=true");
        nextPoll().answer().complete(List.of());
        second.join();

        assertThat(instance.confirmed).containsExactly(2L);
    }

    @Test
    void confirmsUpToAnOffsetOrAllThatWasRead() throws InterruptedException {
        String address = open();
        assertThat(front.send(post(address + "/confirm")).statusCode()).isEqualTo(204);
        var poll = get(address + "/events");
        nextPoll().answer().complete(List.of(delivery(1), delivery(2), delivery(3)));
        poll.join();

        assertThat(front.send(post(address + "/confirm?offset=2")).statusCode()).isEqualTo(204);
        assertThat(front.send(post(address + "/confirm")).statusCode()).isEqualTo(204);

        assertThat(instance.confirmed).containsExactly(2L, 3L);
    }

    @ParameterizedTest
    @CsvSource({"NEVER_DELIVERED, 400, offset-not-delivered", "ENDED, 404, instance-not-found"})
    void refusesToConfirmWhatCannotBe(Settlement settlement, int status, String type) {
        instance.settlement = settlement;

        HttpResponse<String> answer = front.send(post(open() + "/confirm?offset=9"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "9223372036854775807", "9999999999999999999", "1%2B1", ""})
    void refusesWhatIsNoOffset(String offset) {
        assertThat(front.send(post(open() + "/confirm?offset=" + offset)).statusCode())
                .isEqualTo(400);
        assertThat(instance.confirmed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE", "UNMATCHED"})
    void takesAReportOfADeadEventInBothModes(Settlement settlement) {
        instance.settlement = settlement;
        String address = open();

        HttpResponse<String> binary = front.send(post(address + "/dead")
                .header("ce-offset", "3")
                .header("ce-specversion", "1.0")
                .header("ce-id", "e3")
                .header("ce-source", "/s")
                .header("ce-type", "a.b")
                .header("Content-Type", "application/json"));
        HttpResponse<String> structured = front.send(front.request(address + "/dead")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString("{\"id\":\"e4\",\"source\":\"/s\",\"offset\":\"4\"}")));

        assertThat(binary.statusCode()).isEqualTo(202);
        assertThat(structured.statusCode()).isEqualTo(202);
        assertThat(instance.dead).extracting("offset").containsExactly(3L, 4L);
    }

    @Test
    void refusesABatchOfDeadEvents() {
        HttpResponse<String> answer =
                front.send(post(open() + "/dead").header("Content-Type", "application/cloudevents-batch+json"));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void endsAnInstance() {
        String address = open();

        assertThat(front.send(front.request(address).DELETE()).statusCode()).isEqualTo(204);

        assertThat(instance.closed).isTrue();
        assertThat(front.send(front.request(address).DELETE()).statusCode()).isEqualTo(404);
    }

    @Test
    void knowsAnInstanceOnlyUnderItsWholeAddressAndForItsClient() {
        String address = open();

        assertThat(get(address.replace("/n1/", "/n2/") + "/raw").join().statusCode())
                .isEqualTo(404);
        assertThat(get(address.replace("~default", "other") + "/raw").join().statusCode())
                .isEqualTo(404);
        HttpResponse<String> other =
                front.send(front.request(address + "/raw").header("Authorization", "Bearer other"));
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body()).contains("instance-not-found");
    }

    @Test
    void forgetsAnInstanceThatTheBrokerEnded() throws InterruptedException {
        String address = open();
        var parked = get(address + "/raw");
        Poll poll = nextPoll();

        outlet.ended(Outlet.Ending.REVOKED);
        poll.answer().complete(List.of());

        assertThat(parked.join().statusCode()).isEqualTo(404);
        assertThat(get(address + "/raw").join().statusCode()).isEqualTo(404);
    }

    @Test
    void expiresAnInstanceThatNobodyCallsButNotOneThatPolls() throws InterruptedException {
        String address = open();
        var parked = get(address + "/raw");
        Poll poll = nextPoll();
        sweep(50);
        assertThat(instance.closed).isFalse();
        poll.answer().complete(List.of());
        parked.join();
        while (front.exchangesInside() != 0) {
            Thread.onSpinWait();
        }

        sweep(20);
        assertThat(instance.closed).isFalse();
        sweep(1);

        assertThat(instance.closed).isTrue();
        assertThat(get(address + "/raw").join().statusCode()).isEqualTo(404);
    }

    @Test
    void givesBackWhatAPollGotWhoseClientHadGone() throws InterruptedException {
        String address = open();
        try (RawClient client = front.connect()) {
            client.send("GET " + address + "/events HTTP/1.1\r\nHost: x\r\n\r\n");
            Poll poll = nextPoll();
            int connections = front.connections();
            client.leave();
            while (front.connections() == connections) {
                Thread.onSpinWait();
            }
            poll.answer().complete(List.of(delivery(5), delivery(6)));
        }

        assertThat(instance.unread.poll(10, TimeUnit.SECONDS)).isEqualTo(5);
        front.send(post(address + "/confirm"));
        assertThat(instance.confirmed).isEmpty();
    }

    @Test
    @Timeout(20)
    void endsAPollWhoseClientHasLeft() throws InterruptedException {
        String address = open();
        Poll poll;
        try (RawClient client = front.connect()) {
            client.send("GET " + address + "/raw HTTP/1.1\r\nHost: x\r\n\r\n");
            poll = nextPoll();
        }

        awaitNobodyInside();
        poll.answer().complete(List.of(ScriptedInstance.delivery(1)));
        assertThat(instance.unread.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    private void awaitNobodyInside() {
        while (front.exchangesInside() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void endsEveryInstanceWhenItDrains() {
        open();

        polled.drain();

        assertThat(instance.closed).isTrue();
        assertThat(polled.count()).isZero();
    }

    private void sweep(int times) {
        for (int i = 0; i < times; i++) {
            polled.sweep();
        }
    }

    private String open() {
        HttpResponse<String> answer = front.send(post("/ce/consumers"));
        return answer.headers().firstValue("Location").orElseThrow().substring(BASE.length());
    }

    private HttpRequest.Builder post(String path) {
        return front.request(path).POST(BodyPublishers.noBody());
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return FrontFixture.CLIENT.sendAsync(front.request(path).build(), BodyHandlers.ofString());
    }

    private Poll nextPoll() throws InterruptedException {
        return instance.polls.poll(10, TimeUnit.SECONDS);
    }
}
