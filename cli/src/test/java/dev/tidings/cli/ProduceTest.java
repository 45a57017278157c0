package dev.tidings.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProduceTest {
    private FakeBroker broker;

    @BeforeEach
    void start() throws IOException {
        broker = new FakeBroker();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void sendsEventsAsTheyAreInBatches() {
        broker.answers(200, receipt(2, 1)).answers(200, receipt(1, 0));

        Ran ran = produce("# a comment\n\n" + events("a", "b", "c"), "--batch", "2");

        assertThat(broker.asked()).extracting(FakeBroker.Asked::line).containsOnly("POST /ce/produce/events");
        assertThat(broker.asked().getFirst().contentType()).isEqualTo("application/cloudevents-batch+json");
        assertThat(broker.asked())
                .extracting(FakeBroker.Asked::body)
                .containsExactly(
                        "[{\"specversion\":\"1.0\",\"id\":\"a\"},{\"specversion\":\"1.0\",\"id\":\"b\"}]",
                        "[{\"specversion\":\"1.0\",\"id\":\"c\"}]");
        assertThat(ran.out()).isEqualTo("accepted 3 (of these 1 duplicates), refused 0, in 2 requests\n");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void putsAttributesAroundBareData() {
        broker.answers(200, receipt(1, 0));

        produce(
                "{\"customer\":{\"id\":17}}",
                "--type",
                "Shop.Web.Order.Placed",
                "--source",
                "/shop",
                "--subject",
                "order",
                "--partition-key-at",
                "/customer/id");

        JsonNode event =
                JsonMapper.shared().readTree(broker.asked().getFirst().body()).get(0);
        assertThat(event.path("specversion").asString()).isEqualTo("1.0");
        assertThat(event.path("id").asString()).hasSize(36);
        assertThat(event.path("type").asString()).isEqualTo("Shop.Web.Order.Placed");
        assertThat(event.path("source").asString()).isEqualTo("/shop");
        assertThat(event.path("subject").asString()).isEqualTo("order");
        assertThat(event.path("partitionkey").asString()).isEqualTo("17");
        assertThat(event.path("data").toString()).isEqualTo("{\"customer\":{\"id\":17}}");
    }

    @Test
    void sendsTheSameIdsAgainUntilTheBrokerIsBack() {
        broker.answers(503, problem(503, "draining", "[]"), Map.of("retry-after", "3"))
                .answers(429, problem(429, "too fast", "[]"))
                .answers(200, receipt(1, 0));

        Ran ran = produce("17", "--type", "A.B.C.Done", "--source", "/a");

        assertThat(broker.asked()).hasSize(3);
        assertThat(broker.asked())
                .extracting(FakeBroker.Asked::body)
                .containsOnly(broker.asked().getFirst().body());
        assertThat(ran.pauses()).hasSize(2);
        assertThat(ran.pauses().getFirst()).isEqualTo(Duration.ofSeconds(3));
        assertThat(ran.pauses().get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(ran.err()).contains("503 Title: draining; trying again in 3.0 s");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void givesUpWhenItsPatienceIsAtItsEnd() {
        for (int i = 0; i < 100; i++) {
            broker.answers(503, problem(503, "disk full", "[]"));
        }

        Ran ran = produce(events("a"), "--retry-for", "5");

        assertThat(ran.pauses().stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(ran.err()).contains("disk full; gave up after").contains("not known to be accepted: from line 1 on");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void stopsAtTheFirstRefusalAndSaysWhichLine() {
        broker.answers(422, problem(422, "one event is invalid", """
                [{"index":1,"id":"b","pointer":"/data/mag","reason":"expected a number"}]"""));

        Ran ran = produce("\n" + events("a", "b", "c", "d"), "--batch", "3");

        assertThat(broker.asked()).hasSize(1);
        assertThat(ran.err()).isEqualTo("""
                        lines 2 to 4 refused: 422 Title: one event is invalid
                          line 3 (id b) at /data/mag: expected a number
                        """);
        assertThat(ran.out()).isEqualTo("accepted 0 (of these 0 duplicates), refused 3, in 1 requests\n");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void leavesRefusedEventsOutWhenToldToKeepGoing() {
        broker.answers(422, problem(422, "invalid", """
                        [{"index":1,"id":"b","pointer":"/data/a","reason":"x"},{"index":1,"pointer":"/data/b","reason":"y"}]"""))
                .answers(200, receipt(2, 0))
                .answers(200, receipt(1, 0));

        Ran ran = produce(events("a", "b", "c", "d"), "--batch", "3", "--keep-going");

        assertThat(broker.asked().get(1).body()).contains("\"a\"", "\"c\"").doesNotContain("\"b\"");
        assertThat(ran.out()).isEqualTo("accepted 3 (of these 0 duplicates), refused 1, in 3 requests\n");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void stopsWhereNothingOfARefusalConcernsAnEvent() {
        broker.answers(401, problem(401, "unknown key", "[]"));

        Ran ran = produce(events("a", "b"), "--batch", "1", "--keep-going");

        assertThat(broker.asked()).hasSize(1);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void saysWhichLineIsNoEvent() {
        broker.answers(200, receipt(1, 0));

        assertThat(produce("{\"a\":", "--batch", "1").err()).startsWith("tidings produce: line 1: this is not JSON");
        assertThat(produce(events("a") + "{}", "--batch", "1").err())
                .contains("line 2: this is no CloudEvent (it has no 'specversion')");
    }

    @Test
    void keepsRequestsBelowTheLimit() {
        broker.answers(200, receipt(1, 0)).answers(200, receipt(1, 0));
        String large = "x".repeat(600_000);

        produce(events(large, large));

        assertThat(broker.asked()).hasSize(2);
    }

    private Ran produce(String input, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "produce";
        all[1] = "--url";
        all[2] = broker.url();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Ran.command(input, all);
    }

    private static String events(String... ids) {
        StringBuilder events = new StringBuilder();
        for (String id : ids) {
            events.append("{\"specversion\":\"1.0\",\"id\":\"").append(id).append("\"}\n");
        }
        return events.toString();
    }

    private static String receipt(int accepted, int duplicates) {
        return "{\"accepted\":" + accepted + ",\"duplicates\":" + duplicates + "}";
    }

    private static String problem(int status, String detail, String errors) {
        return "{\"type\":\"https://tidings.dev/errors/x\",\"title\":\"Title\",\"status\":" + status + ",\"detail\":\""
                + detail + "\",\"errors\":" + errors + "}";
    }
}
