package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final Answer DONE = Answer.empty(204);

    @Test
    void answersABugInARouteWith500() {
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> exchange -> {
            throw new IllegalStateException("inside");
        })) {
            HttpResponse<String> answer = front.send(post(front, "{}"));

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("correlation id").doesNotContain("inside");
        }
    }

    @Test
    void answersAFailureBehindAStageWith500() {
        try (FrontFixture front = new FrontFixture(
                FrontFixture.config(),
                _ -> exchange -> exchange.answerWhen(CompletableFuture.completedStage(1), _ -> {
                    throw new IllegalStateException("inside");
                }))) {
            assertThat(front.send(post(front, "{}")).statusCode()).isEqualTo(500);
        }
    }

    @Test
    void countsOnlyTheFirstAnswer() {
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> exchange -> {
            exchange.answer(DONE);
            exchange.answer(Answer.empty(202));
        })) {
            assertThat(front.send(post(front, "{}")).statusCode()).isEqualTo(204);
            assertThat(front.send(post(front, "{}")).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void sendsNoContentLengthWithNoContent() {
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> exchange -> exchange.answer(DONE));
                RawClient client = front.connect()) {
            client.send("POST /ce HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n");

            assertThat(client.readAnswer())
                    .startsWith("HTTP/1.1 204 ")
                    .containsIgnoringCase("\r\ndate: ")
                    .doesNotContainIgnoringCase("content-length");
        }
    }

    @Test
    void challengesACallerItDoesNotKnow() {
        try (FrontFixture front = FrontFixture.echoing()) {
            HttpResponse<String> answer =
                    front.send(front.request("/ce/tools/my-settings").header("Authorization", "Basic abc"));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void readsDocumentsOfKnownCallersOnly() {
        try (FrontFixture front = FrontFixture.echoing();
                RawClient client = front.connect()) {
            client.send("PUT /admin/catalog HTTP/1.1\r\nHost: x\r\nAuthorization: Basic x\r\n");
            client.send("Expect: 100-continue\r\nContent-Length: 8000000\r\n\r\n");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 401 ");
            HttpResponse<String> known =
                    front.send(front.request("/admin/catalog").PUT(BodyPublishers.ofByteArray(new byte[2_000_000])));
            assertThat(known.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersWhatTheClientDoesNotTakeWith406() {
        try (FrontFixture front = FrontFixture.echoing()) {
            HttpResponse<String> answer = front.send(post(front, "{}").header("Accept", "text/html"));

            assertThat(answer.statusCode()).isEqualTo(406);
        }
    }

    @Test
    void handlesLargeBodiesAwayFromTheEventLoop() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Route route = exchange -> {
            threads.add(Thread.currentThread().getName().replaceAll("-?\\d.*", ""));
            exchange.answer(DONE);
        };
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> route)) {
            front.send(post(front, "x".repeat(65_536)));
            assertThat(threads).containsExactly("vert.x-eventloop-thread");

            front.send(post(front, "x".repeat(65_537)));
            assertThat(threads).containsExactlyInAnyOrder("vert.x-eventloop-thread", "http-worker");
        }
    }

    @Test
    void refusesBodiesBeyondWhatTheProcessMayHold() throws InterruptedException {
        BlockingQueue<Exchange> waiting = new LinkedBlockingQueue<>();
        HttpConfig.Limits limits = new HttpConfig.Limits(
                new DataSize(10_000),
                new DataSize(10_000),
                new DataSize(20_000),
                new DataSize(10_000),
                100,
                DataSize.ofKibibytes(8),
                DataSize.ofKibibytes(4));
        try (FrontFixture front = new FrontFixture(FrontFixture.config().withLimits(limits), _ -> waiting::add)) {
            var first = FrontFixture.CLIENT.sendAsync(
                    post(front, "x".repeat(10_000)).build(), HttpResponse.BodyHandlers.ofString());
            Exchange firstExchange = waiting.poll(10, TimeUnit.SECONDS);
            var second = FrontFixture.CLIENT.sendAsync(
                    post(front, "x".repeat(10_000)).build(), HttpResponse.BodyHandlers.ofString());
            Exchange secondExchange = waiting.poll(10, TimeUnit.SECONDS);

            HttpResponse<String> refused = front.send(post(front, "x"));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");

            firstExchange.answer(DONE);
            assertThat(first.join().statusCode()).isEqualTo(204);
            var third = FrontFixture.CLIENT.sendAsync(post(front, "x").build(), HttpResponse.BodyHandlers.ofString());
            waiting.poll(10, TimeUnit.SECONDS).answer(DONE);
            secondExchange.answer(DONE);

            assertThat(third.join().statusCode()).isEqualTo(204);
            assertThat(second.join().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void opensNoMoreConnectionsThanItMay() {
        HttpConfig config = FrontFixture.config().withLimits(HttpConfig.Limits.DEFAULT.withConnections(1));
        try (FrontFixture front = new FrontFixture(config, _ -> FrontFixture.ECHO)) {
            try (RawClient first = front.connect();
                    RawClient second = front.connect()) {
                assertThat(second.isClosedByServer()).isTrue();
                first.send("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(first.readToEnd()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void tellsWhetherAnAnswerReachedTheNetwork() throws InterruptedException {
        BlockingQueue<Exchange> waiting = new LinkedBlockingQueue<>();
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        CompletableFuture<Void> finished = new CompletableFuture<>();
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> waiting::add);
                RawClient client = front.connect()) {
            client.send("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n");
            Exchange exchange = waiting.poll(10, TimeUnit.SECONDS);
            exchange.whenFinished(() -> finished.complete(null));
            client.leave();
            while (!exchange.over()) {
                Thread.onSpinWait();
            }

            exchange.answer(Answer.json(200, Bytes.utf8("{}")), written::complete);

            assertThat(written.join()).isFalse();
            finished.join();
        }
    }

    @Test
    void takesNothingNewWhileItDrains() throws InterruptedException {
        BlockingQueue<Exchange> waiting = new LinkedBlockingQueue<>();
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> waiting::add)) {
            var inside = FrontFixture.CLIENT.sendAsync(post(front, "{}").build(), HttpResponse.BodyHandlers.ofString());
            Exchange exchange = waiting.poll(10, TimeUnit.SECONDS);

            var drained = front.traffic.drain().toCompletableFuture();
            HttpResponse<String> refused = front.send(post(front, "{}"));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("not-ready");
            assertThat(drained).isNotDone();
            exchange.answer(DONE);
            assertThat(inside.join().statusCode()).isEqualTo(204);
            drained.join();
        }
    }

    @Test
    void consolidatesFlushesFirstInEachPipeline() {
        CompletableFuture<Object> first = new CompletableFuture<>();
        Route route = exchange -> {
            first.complete(context(exchange).pipeline().first());
            exchange.answer(DONE);
        };
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> route)) {
            front.send(post(front, "{}"));

            assertThat(first.join()).isInstanceOf(FlushConsolidationHandler.class);
        }
    }

    /// What Vert.x does not show.
    private static ChannelHandlerContext context(Exchange exchange) {
        try {
            Object connection = exchange.request().connection();
            return (ChannelHandlerContext)
                    connection.getClass().getMethod("channelHandlerContext").invoke(connection);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Vert.x has moved its internals", e);
        }
    }

    private static HttpRequest.Builder post(FrontFixture front, String body) {
        return front.request("/ce").header("Content-Type", "text/plain").POST(BodyPublishers.ofString(body));
    }
}
