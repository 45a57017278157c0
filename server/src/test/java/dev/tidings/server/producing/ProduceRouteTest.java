package dev.tidings.server.producing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.publishing.Published;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.fake.FakePublishing;
import dev.tidings.server.http.FrontFixture;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Route;
import dev.tidings.server.tools.TestEventRoute;
import dev.tidings.wire.CloudEvents;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceRouteTest {
    private static final String EVENT = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\","
            + "\"type\":\"com.example.order.placed\",\"data\":{\"a\":1}}";
    private static final String ONE = "application/cloudevents+json";
    private static final String MANY = "application/cloudevents-batch+json";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final FakePublishing publishing = new FakePublishing();
    private final FrontFixture front = new FrontFixture(FrontFixture.config(), this::route);

    private Route route(Operation operation) {
        EventInput input = new EventInput(
                new CloudEvents(CloudEvents.Limits.DEFAULT), InstantSource.fixed(NOW), Duration.ofSeconds(60));
        return operation == Operation.PRODUCE_TEST_EVENT
                ? new TestEventRoute(input, publishing)
                : new ProduceRoute(input, publishing);
    }

    @AfterEach
    void close() {
        front.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ce/produce/event", "/ce"})
    void takesOneStructuredEvent(String path) {
        HttpResponse<String> answer = post(path, ONE, EVENT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        assertThat(publishing.published.getFirst().json().toUtf8()).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ce/produce/events", "/ce"})
    void takesABatch(String path) {
        HttpResponse<String> answer =
                post(path, MANY, "[" + EVENT + "," + EVENT.replace("\"1\",\"s", "\"2\",\"s") + "]");

        assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"duplicates\":0}");
    }

    @Test
    void takesAnEmptyBatch() {
        assertThat(post("/ce/produce/events", MANY, "[]").body()).isEqualTo("{\"accepted\":0,\"duplicates\":0}");
    }

    @ParameterizedTest
    @CsvSource({
        "/ce/produce/raw, application/json",
        "/ce/produce/raw, application/octet-stream",
        "/ce/produce/raw, text/plain; charset=utf-8",
        "/ce, application/json",
        "/ce, application/xml"
    })
    void takesOneEventInHeaders(String path, String contentType) {
        HttpResponse<String> answer = front.send(front.request(path)
                .header("Content-Type", contentType)
                .header("Ce-SpecVersion", "1.0")
                .header("ce-id", "caf%C3%A9")
                .header("ce-source", "/s")
                .header("ce-type", "com.example.order.placed")
                .POST(BodyPublishers.ofString("{\"a\":1}")));

        assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        assertThat(publishing.published.getFirst().id()).isEqualTo("café");
    }

    @Test
    void takesATestEvent() {
        assertThat(post("/ce/tools/consumer/test", ONE, EVENT).statusCode()).isEqualTo(200);

        assertThat(publishing.tests).hasSize(1);
        assertThat(publishing.published).isEmpty();
    }

    @Test
    void tellsDuplicates() {
        publishing.next = _ -> CompletableFuture.completedStage(new Published.Accepted(1, 1));
        assertThat(post("/ce", ONE, EVENT).body()).isEqualTo("{\"accepted\":1,\"duplicates\":1}");

        publishing.next = _ -> CompletableFuture.completedStage(new Published.Accepted(300, 17));
        assertThat(post("/ce", ONE, EVENT).body()).isEqualTo("{\"accepted\":300,\"duplicates\":17}");
    }

    @Test
    void asksWhoCallsAndTellsThePublisher() {
        front.send(front.request("/ce")
                .header("Content-Type", ONE)
                .header("Authorization", "Bearer shop")
                .POST(BodyPublishers.ofString(EVENT)));

        assertThat(publishing.caller).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource({
        "/ce/produce/raw, application/cloudevents+json, 'application/json, application/octet-stream, text/plain'",
        "/ce/produce/raw, image/png, 'application/json, application/octet-stream, text/plain'",
        "/ce/produce/event, application/json, application/cloudevents+json",
        "/ce/produce/event, application/cloudevents-batch+json, application/cloudevents+json",
        "/ce/produce/events, application/cloudevents+json, application/cloudevents-batch+json",
        "/ce, application/cloudevents+avro, 'application/cloudevents+json, application/cloudevents-batch+json, */*'",
        "/ce/tools/consumer/test, application/cloudevents-batch+json, 'application/cloudevents+json, */*'"
    })
    void refusesOtherContentTypesAndTellsWhichItTakes(String path, String contentType, String accepted) {
        HttpResponse<String> answer = post(path, contentType, EVENT);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Accept-Post")).contains(accepted);
        assertThat(publishing.published).isEmpty();
    }

    @Test
    void looksAtTheContentTypeBeforeTheBodyAndAtTheBodyBeforeTheCaller() {
        var nobody = front.request("/ce/produce/event").header("Authorization", "Basic x");

        assertThat(front.send(nobody.copy().header("Content-Type", "text/html").POST(BodyPublishers.ofString("{")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(front.send(nobody.copy().header("Content-Type", ONE).POST(BodyPublishers.ofString("{")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(front.send(nobody.copy().header("Content-Type", ONE).POST(BodyPublishers.ofString(EVENT)))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void answersARefusalOfThePublisher() {
        publishing.next = _ ->
                CompletableFuture.completedStage(new Published.Refused(Refusal.of(ErrorCode.SCHEMA_VIOLATED, "no")));

        HttpResponse<String> answer = post("/ce", ONE, EVENT);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("schema-violated");
    }

    @Test
    void answersAFullDisk() {
        publishing.next = _ -> CompletableFuture.failedStage(
                new Unavailable("the disk is full", Unavailable.Effect.NONE, Duration.ofSeconds(5)));

        HttpResponse<String> answer = post("/ce", ONE, EVENT);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void refusesAHeaderThatHidesAnother() {
        HttpResponse<String> answer = front.send(front.request("/ce")
                .header("ce-specversion", "1.0")
                .header("ce-id", "1%0D%0Ace-type:%20x")
                .header("ce-source", "/s")
                .header("ce-type", "com.example.order.placed")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isIn(200, 400);
        assertThat(publishing.published)
                .allSatisfy(event -> assertThat(event.type().value()).isEqualTo("com.example.order.placed"));
    }

    private HttpResponse<String> post(String path, String contentType, String body) {
        return front.send(
                front.request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }
}
