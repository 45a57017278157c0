package dev.tidings.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.CatalogConfig;
import dev.tidings.broker.catalog.CatalogConfig.Access;
import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.auth.InsecureAuthenticator;
import dev.tidings.server.http.FrontParts;
import dev.tidings.server.http.HttpConfig;
import dev.tidings.server.http.HttpFront;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Refusals;
import dev.tidings.server.http.Route;
import dev.tidings.server.http.Traffic;
import io.vertx.core.http.WebSocketServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogRoutesTest {
    private static final String PATH = "/admin/catalog";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ONE = "types: { Shop.Web.Order.Placed: {} }\n";
    private static final String TWO = "types: { Shop.Web.Order.Placed: {}, Shop.Web.Order.Pay: {} }\n";

    private HttpFront front;

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void answersWithACatalogThatHoldsNothingBeforeOneIsApplied() throws Exception {
        start(Access.EVERYBODY);

        HttpResponse<String> answer = send(to(PATH).GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("etag")).contains("\"0\"");
        assertThat(send(to(PATH).PUT(BodyPublishers.ofString(answer.body()))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void appliesACatalogAndGivesItBackAsItWas() throws Exception {
        start(Access.EVERYBODY);

        HttpResponse<String> applied = put("", ONE);
        HttpResponse<String> read = send(to(PATH).GET());

        assertThat(applied.statusCode()).isEqualTo(200);
        assertThat(applied.headers().firstValue("etag")).contains("\"1\"");
        assertThat(applied.body())
                .isEqualTo("{\"version\":1,\"changes\":[\"+ type Shop.Web.Order.Placed\"],\"warnings\":[]}");
        assertThat(read.body()).isEqualTo(ONE);
        assertThat(read.headers().firstValue("content-type")).contains("application/yaml");
        assertThat(read.headers().firstValue("etag")).contains("\"1\"");
    }

    @Test
    void tellsInADryRunWhatWouldChange() throws Exception {
        start(Access.EVERYBODY);
        put("", ONE);

        HttpResponse<String> answer = put("?dry-run=true", TWO);

        assertThat(answer.body())
                .startsWith("{\"version\":2,\"changes\":[\"+ type Shop.Web.Order.Pay\"],\"warnings\":[\"types.Shop");
        assertThat(send(to(PATH).GET()).body()).isEqualTo(ONE);
    }

    @Test
    void changesNothingWhereTheSameIsAppliedAgain() throws Exception {
        start(Access.EVERYBODY);
        put("", ONE);

        assertThat(put("", ONE).body()).isEqualTo("{\"version\":1,\"changes\":[],\"warnings\":[]}");
    }

    @Test
    void tellsEveryProblemOfAnInvalidCatalog() throws Exception {
        start(Access.EVERYBODY);

        HttpResponse<String> answer = put("", "types: { Shop..Placed: {} }\ncleints: {}\n");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("/invalid-catalog\"")
                .contains("line 1, column 10")
                .contains("did you mean 'clients'?");
    }

    @Test
    void refusesWhatExpectsAnotherVersion() throws Exception {
        start(Access.EVERYBODY);
        put("", ONE);

        assertThat(send(to(PATH).header("If-Match", "\"0\"").PUT(BodyPublishers.ofString(TWO)))
                        .statusCode())
                .isEqualTo(412);
        assertThat(send(to(PATH).header("If-Match", "W/x").PUT(BodyPublishers.ofString(TWO)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(to(PATH).header("If-Match", "\"1\"").PUT(BodyPublishers.ofString(TWO)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(to(PATH).header("If-Match", "*").PUT(BodyPublishers.ofString(ONE)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesABodyThatIsNotUtf8() throws Exception {
        start(Access.EVERYBODY);

        HttpResponse<String> answer = send(to(PATH).PUT(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff})));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("not UTF-8");
    }

    @Test
    void refusesParametersThatMakeNoSense() throws Exception {
        start(Access.EVERYBODY);

        assertThat(put("?dry-run=yes", ONE).statusCode()).isEqualTo(400);
        assertThat(send(to(PATH + "?version=x").GET()).statusCode()).isEqualTo(400);
    }

    @Test
    void tellsTheHistoryAndGivesOldVersionsBack() throws Exception {
        start(Access.EVERYBODY);
        put("", ONE);
        put("", TWO);

        assertThat(send(to(PATH + "/history").GET()).body())
                .startsWith(
                        "{\"versions\":[{\"version\":2,\"at\":\"2026-01-01T00:00:00Z\",\"by\":\"guest\",\"changes\":"
                                + "[\"+ type Shop.Web.Order.Pay\"]},{\"version\":1,");
        assertThat(send(to(PATH + "?version=1").GET()).body()).isEqualTo(ONE);
        assertThat(send(to(PATH + "?version=3").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void letsNobodyInButAdministrators() throws Exception {
        start(Access.CLIENTS);

        for (var request : new HttpRequest.Builder[] {
            to(PATH).GET(),
            to(PATH).PUT(BodyPublishers.ofString(ONE)),
            to(PATH + "/history").GET()
        }) {
            HttpResponse<String> answer = send(request);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("/not-allowed\"").contains("is no administrator");
        }
    }

    private void start(Access access) throws IOException {
        CatalogStore store = new CatalogStore(
                new MemoryEngine(new HandClock()),
                CatalogConfig.DEFAULT.withAccess(access),
                _ -> Optional.empty(),
                Runnable::run);
        CatalogRoutes routes = CatalogRoutes.of(store, store);
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

    private static Route route(CatalogRoutes routes, Operation operation) {
        return operation == Operation.READ_CATALOG
                ? routes.read()
                : operation == Operation.APPLY_CATALOG
                        ? routes.apply()
                        : operation == Operation.CATALOG_HISTORY
                                ? routes.history()
                                : exchange -> exchange.refuse(Refusal.of(ErrorCode.NOT_FOUND, ""));
    }

    private HttpResponse<String> put(String query, String yaml) throws Exception {
        return send(to(PATH + query).PUT(BodyPublishers.ofString(yaml)));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
