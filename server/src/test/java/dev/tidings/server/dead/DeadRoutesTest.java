package dev.tidings.server.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.dead.DeadConfig;
import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.dead.DeadEnvelope.DeadReport;
import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.dead.DeadReason;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.server.auth.InsecureAuthenticator;
import dev.tidings.server.fake.FakeSettlement;
import dev.tidings.server.fake.FixedCatalogs;
import dev.tidings.server.http.FrontParts;
import dev.tidings.server.http.HttpConfig;
import dev.tidings.server.http.HttpFront;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Refusals;
import dev.tidings.server.http.Route;
import dev.tidings.server.http.Traffic;
import dev.tidings.server.producing.EventInput;
import dev.tidings.wire.CloudEvents;
import io.vertx.core.http.WebSocketServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadRoutesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ClientName CLINIC = new ClientName("clinic");
    private static final EventType PAID = new EventType("Acme.Shop.Order.Paid");
    private static final EventType GONE = new EventType("Acme.Shop.Order.Gone");
    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"s\",\"type\":\"Acme.Shop.Order.Paid\"}";

    private final HandClock clock = new HandClock();
    private final MemoryEngine engine = new MemoryEngine(clock);
    private HttpFront front;

    @BeforeEach
    void start() throws IOException {
        FixedCatalogs catalogs = new FixedCatalogs().set(catalog());
        DeadEvents dead = new DeadEvents(
                new DeadEvents.Parts(
                        engine,
                        catalogs,
                        new FakeSettlement(engine, CLINIC),
                        (_, _, _) -> true,
                        event -> CompletableFuture.completedStage(
                                event.type().equals(PAID)
                                        ? Optional.empty()
                                        : Optional.of(Refusal.of(ErrorCode.MALFORMED_EVENT, "no such type")))),
                DeadConfig.DEFAULT);
        EventInput input = new EventInput(new CloudEvents(CloudEvents.Limits.DEFAULT), clock, Duration.ofSeconds(60));
        DeadRoutes routes = DeadRoutes.of(catalogs, dead, input);
        front = HttpFront.open(
                HttpConfig.DEFAULT.withPort(0),
                new FrontParts(
                        operation -> route(routes, operation),
                        new InsecureAuthenticator(),
                        new Traffic(),
                        InstantSource.system(),
                        System::nanoTime,
                        RandomGenerator.getDefault(),
                        Refusals.NONE,
                        null,
                        new WebSocketServerConfig()));
    }

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void listsDeadEventsWithoutTheirPayloads() {
        report("a", "{\"id\":\"a\",\"source\":\"s\",\"data\":7}");

        assertThat(send("GET", "/admin/dead").body()).isEqualTo("""
                {"events":[{"id":"clinic~0","client":"clinic","group":"g","instance":"i-1","reason":"reported",\
                "attempts":2,"deadSince":"2026-01-01T00:00:00Z","matched":true,"changed":true,\
                "stream":"Acme.Shop","position":41,\
                "event":{"type":"Acme.Shop.Order.Paid","source":"s","id":"a"}}]}""");
    }

    @Test
    void listsAPageAndSaysWhereToGoOn() {
        report("a", null);
        report("b", null);

        assertThat(send("GET", "/admin/dead?limit=1").body()).endsWith("}],\"next\":\"clinic~1\"}");
        assertThat(send("GET", "/admin/dead?limit=1&after=clinic~1").body())
                .contains("\"clinic~1\"")
                .doesNotContain("next");
    }

    @Test
    void listsWhatTheFilterMeans() {
        report("a", null);

        assertThat(send(
                                "GET",
                                "/admin/dead?client=clinic&group=g&type=Acme.Shop.Order.Paid&reason=reported"
                                        + "&from=2026-01-01T00:00:00Z&until=2026-01-01T00:00:01%2B00:00")
                        .body())
                .contains("clinic~0");
        assertThat(send("GET", "/admin/dead?group=other").body()).isEqualTo("{\"events\":[]}");
        assertThat(send("GET", "/admin/dead?until=2026-01-01T00:00:00Z").body()).isEqualTo("{\"events\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client=a%20b",
                "type=.",
                "reason=bored",
                "from=today",
                "until=1",
                "after=x",
                "limit=0",
                "limit=101"
            })
    void refusesParametersThatMakeNoSense(String query) {
        HttpResponse<String> answer = send("GET", "/admin/dead?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-parameter", query.substring(0, query.indexOf('=')));
    }

    @Test
    void showsTheOriginalAndTheReport() {
        report("a", "{\"id\":\"mended\"}");

        HttpResponse<String> answer = send("GET", "/admin/dead/clinic~0");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"original\":" + EVENT.formatted("a"), "\"reported\":{\"id\":\"mended\"}")
                .contains("\"acceptedAt\":\"1970-01-01T00:00:00.007Z\"");
    }

    @Test
    void discardsOneOnce() {
        report("a", null);

        assertThat(send("DELETE", "/admin/dead/clinic~0").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/admin/dead/clinic~0").statusCode()).isEqualTo(409);
        assertThat(send("POST", "/admin/dead/clinic~0").statusCode()).isEqualTo(409);
        assertThat(send("GET", "/admin/dead/clinic~0").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic~9", "bank~0", "nonsense", "clinic~-1"})
    void knowsNoOtherDeadEvents(String id) {
        report("a", null);

        assertThat(send("GET", "/admin/dead/" + id).statusCode()).isEqualTo(404);
        assertThat(send("POST", "/admin/dead/" + id).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/admin/dead/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void resubmitsToTheGroupAsItWas() {
        report("a", "{}");

        assertThat(send("POST", "/admin/dead/clinic~0").statusCode()).isEqualTo(204);

        assertThat(in(LaneStreams.resubmitted(new GroupName(CLINIC, "g")))).containsExactly(EVENT.formatted("a"));
        assertThat(send("GET", "/admin/dead").body()).isEqualTo("{\"events\":[]}");
    }

    @Test
    void resubmitsWhatWasReportedToTheStream() {
        report("a", EVENT.formatted("reported"));

        assertThat(send("POST", "/admin/dead/clinic~0?as=reported&to=stream").statusCode())
                .isEqualTo(204);

        assertThat(in(PAID.stream())).containsExactly(EVENT.formatted("reported"));
    }

    @Test
    void resubmitsAnEditedEvent() {
        report("a", null);

        assertThat(post("/admin/dead/clinic~0?to=stream", "application/cloudevents+json", EVENT.formatted("edited"))
                        .statusCode())
                .isEqualTo(204);

        assertThat(in(PAID.stream())).containsExactly(EVENT.formatted("edited"));
    }

    @Test
    void refusesAnEditedEventThatIsNone() {
        report("a", null);

        HttpResponse<String> answer =
                post("/admin/dead/clinic~0", "application/cloudevents+json", "{\"id\":7,\"source\":\"s\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed-event", "\"pointer\":\"/id\"");
        assertThat(post("/admin/dead/clinic~0", "application/cloudevents+json", "{")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/admin/dead").body()).contains("clinic~0");
    }

    @Test
    void refusesABodyOfAnotherKind() {
        report("a", null);

        HttpResponse<String> answer = post("/admin/dead/clinic~0", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("accept-post")).contains("application/cloudevents+json");
        assertThat(post("/admin/dead/clinic~0", null, "{}").statusCode()).isEqualTo(415);
    }

    @Test
    void refusesTargetsAndVersionsItDoesNotKnow() {
        report("a", null);

        assertThat(send("POST", "/admin/dead/clinic~0?to=everybody").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/admin/dead/clinic~0?as=edited").statusCode()).isEqualTo(400);
    }

    @Test
    void changesAllOnlyWhenToldToMeanAll() {
        report("a", null);

        assertThat(send("DELETE", "/admin/dead").body()).contains("parameter 'all' is true where no client");
        assertThat(send("POST", "/admin/dead").statusCode()).isEqualTo(400);
        assertThat(send("DELETE", "/admin/dead?all=true").body())
                .isEqualTo("{\"discarded\":1,\"conflicts\":0,\"refused\":[]}");
    }

    @Test
    void changesNoMoreThanTheLimit() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            report(id, null);
        }

        assertThat(send("POST", "/admin/dead?all=true&to=stream&limit=2").body())
                .isEqualTo("{\"resubmitted\":2,\"conflicts\":0,\"refused\":[],\"next\":\"clinic~2\"}");
        assertThat(send("DELETE", "/admin/dead?all=true&limit=2").body())
                .isEqualTo("{\"discarded\":2,\"conflicts\":0,\"refused\":[],\"next\":\"clinic~4\"}");
        assertThat(send("DELETE", "/admin/dead?all=true&limit=101").statusCode())
                .isEqualTo(400);
    }

    @Test
    void resubmitsManyAndTellsWhichItCouldNot() {
        report("a", null);
        store(new DeadEnvelope(GONE, report(), Bytes.utf8(EVENT.formatted("b").replace("Paid", "Gone")), null));
        report("c", null);

        String answer = send("POST", "/admin/dead?client=clinic&to=stream").body();

        assertThat(answer)
                .startsWith("{\"resubmitted\":2,\"conflicts\":0,\"refused\":[{\"id\":\"clinic~1\",\"problem\":{")
                .contains("no such type");
        assertThat(in(PAID.stream())).containsExactly(EVENT.formatted("a"), EVENT.formatted("c"));
        assertThat(send("GET", "/admin/dead").body()).contains("clinic~1").doesNotContain("clinic~0", "clinic~2");
    }

    @Test
    void letsNobodyInButAdministrators() {
        for (String path : List.of("/admin/dead?all=true", "/admin/dead/clinic~0")) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                HttpResponse<String> answer = send(
                        request(path).header("Authorization", "Bearer clinic").method(method, BodyPublishers.noBody()));
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).contains("is no administrator");
            }
        }
    }

    private static Route route(DeadRoutes routes, Operation operation) {
        return Map.of(
                        Operation.LIST_DEAD, routes.all().list(),
                        Operation.SHOW_DEAD, routes.all().show(),
                        Operation.RESUBMIT_DEAD, routes.all().resubmit(),
                        Operation.RESUBMIT_MANY_DEAD, routes.all().resubmitMany(),
                        Operation.DISCARD_DEAD, routes.all().discard(),
                        Operation.DISCARD_MANY_DEAD, routes.all().discardMany())
                .getOrDefault(operation, exchange -> exchange.refuse(Refusal.of(ErrorCode.NOT_FOUND, "")));
    }

    private static Catalog catalog() {
        Grant grant = new Grant(true, Instant.EPOCH);
        ConsumerRole role = new ConsumerRole(Map.of(PAID, grant));
        ClientName guest = new ClientName("guest");
        return new Catalog(
                1,
                new TreeMap<>(),
                new TreeMap<>(Map.of(
                        CLINIC, new ClientEntry(CLINIC, "", List.of(), null, role, false, Quotas.DEFAULT),
                        guest, new ClientEntry(guest, "", List.of(), null, null, true, Quotas.DEFAULT))));
    }

    private void report(String id, String reported) {
        Bytes original = Bytes.utf8(EVENT.formatted(id));
        store(new DeadEnvelope(
                PAID,
                report(),
                reported == null ? null : Bytes.utf8(reported),
                new Original(Partition.only(PAID.stream()), 41, 7, false, original)));
    }

    private DeadReport report() {
        return new DeadReport(new GroupName(CLINIC, "g"), "i-1", DeadReason.REPORTED, 2, clock.instant());
    }

    private void store(DeadEnvelope envelope) {
        engine.log()
                .append(Batch.ofEntries(List.of(envelope.toEntry())))
                .toCompletableFuture()
                .join();
    }

    private List<String> in(StreamName stream) {
        try (EventReader reader = engine.log().reader(Partition.only(stream), TypeSelection.ALL)) {
            return reader.read(0, Integer.MAX_VALUE).toCompletableFuture().join().events().stream()
                    .map(StoredEvent::json)
                    .map(Bytes::toUtf8)
                    .toList();
        }
    }

    private HttpResponse<String> send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    private HttpResponse<String> post(String path, String contentType, String body) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        return send(contentType == null ? request : request.header("Content-Type", contentType));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }
}
