package dev.tidings.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.publishing.Published;
import dev.tidings.engine.EngineStatus;
import dev.tidings.model.DataSize;
import dev.tidings.server.fake.FakeInstance;
import dev.tidings.server.metrics.MetricsConfig;
import dev.tidings.server.metrics.MetricsConfig.Access;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerTest {
    private ServerFixture server = new ServerFixture(MetricsConfig.DEFAULT);

    @AfterEach
    void close() {
        server.close();
    }

    private void restartWith(Access access) {
        server.close();
        server = new ServerFixture(new MetricsConfig(access, 10));
    }

    private HttpRequest.Builder event() {
        return server.request("/ce/produce/event")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"A.B.C.Done\"}"));
    }

    @Test
    void livesAndIsReady() {
        assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void livesButIsNotReadyWhileTheStoreTakesNoEvents() {
        server.engine = new EngineStatus("the disk is full", new DataSize(1), new DataSize(0), 1);

        HttpResponse<String> ready = server.get("/health/ready");

        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(ready.body()).contains("not-ready", "the disk is full");
    }

    @Test
    void tellsItsFiguresToWhoeverCallsFromThisMachine() {
        server.send(event());
        server.get("/nowhere");

        HttpResponse<String> answer = server.get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body())
                .contains("tidings_publish_seconds_count 1")
                .contains("tidings_requests_refused_total{reason=\"not-found\"} 1.0")
                .contains("tidings_store_wal_use 0.1");
    }

    @Test
    void tellsItsFiguresToAdministratorsOnlyWhereThatIsWanted() {
        restartWith(Access.ADMINS);
        server.administrator("ops");

        assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(server.send(server.request("/metrics").header("Authorization", "Bearer ops"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void finishesWhatIsInProgressBeforeItStops() {
        server.published = new CompletableFuture<>();
        var answer = server.sendLater(event());
        while (!server.get("/metrics").body().contains("tidings_http_requests_active 2.0")) {
            Thread.onSpinWait();
        }

        var drained = server.server.drain(Duration.ofSeconds(30)).toCompletableFuture();
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(server.send(event()).statusCode()).isEqualTo(503);
        assertThat(drained).isNotDone();
        server.published.complete(new Published.Accepted(1, 0));

        assertThat(answer.join().body()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void stopsInTimeThoughSomethingNeverEnds() {
        server.published = new CompletableFuture<>();
        var _ = server.sendLater(event());

        assertThat(server.server.drain(Duration.ofMillis(50)).toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void saysGoodbyeToConsumersOnceTheirConfirmationsAreStored() {
        CompletableFuture<Integer> goodbye = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.server.port() + "/ce/consume/ws"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                                goodbye.complete(code);
                                return null;
                            }
                        })
                .join();
        FakeInstance instance = server.instances.next();
        instance.stored = new CompletableFuture<>();

        var drained = server.server.drain(Duration.ofSeconds(30)).toCompletableFuture();
        assertThat(instance.closed).succeedsWithin(Duration.ofSeconds(10));
        assertThat(goodbye).isNotDone();
        instance.stored.complete(null);

        assertThat(goodbye).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1001);
        assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
    }
}
