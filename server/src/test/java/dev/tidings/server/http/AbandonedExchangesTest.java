package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.server.http.BodyStream.Piece;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// An exchange whose client leaves ends, whatever it was at, so that a shutdown does not wait for it.
class AbandonedExchangesTest {
    private static final String GET = "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Answer large = Answer.json(200, Bytes.of(new byte[64 << 20]));
    private final BlockingQueue<Exchange> parked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> written = new LinkedBlockingQueue<>();
    private FrontFixture front;

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void endsWhereTheClientLeavesAmidItsBody() {
        open(FrontFixture.ECHO);
        try (RawClient client = front.connect()) {
            client.send("POST /ce HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
        }

        assertThatAllEnd();
    }

    @Test
    void endsWhereTheClientLeavesAmidItsAnswer() throws InterruptedException {
        open(exchange -> exchange.answer(large, written::add));
        try (RawClient client = front.connect()) {
            client.send(GET).readHead();
        }

        assertThat(written.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThatAllEnd();
    }

    @Test
    void endsWhereTheClientResetsTheStreamAmidItsAnswer() throws InterruptedException {
        open(exchange -> exchange.answer(large, written::add));
        try (Http2Client client = new Http2Client(front.port())) {
            client.takeHead("/openapi.yaml").reset();

            assertThat(written.poll(10, TimeUnit.SECONDS)).isFalse();
            assertThatAllEnd();
        }
    }

    @Test
    void endsWhereTheClientLeavesAmidItsAnswerOverHttp2() throws InterruptedException {
        open(exchange -> exchange.answer(large, written::add));
        try (Http2Client client = new Http2Client(front.port())) {
            client.takeHead("/openapi.yaml");
        }

        assertThat(written.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThatAllEnd();
    }

    @Test
    void endsWhereTheClientLeavesBeforeItIsAnswered() throws InterruptedException {
        open(parked::add);
        try (RawClient client = front.connect()) {
            client.send(GET);
            Exchange exchange = parked.poll(10, TimeUnit.SECONDS);
            CompletableFuture<Void> gone = new CompletableFuture<>();
            exchange.whenGone(() -> gone.complete(null));
            client.leave();
            gone.orTimeout(10, TimeUnit.SECONDS).join();

            exchange.answer(Answer.NO_CONTENT, written::add);
        }

        assertThat(written.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThatAllEnd();
    }

    @Test
    void tellsAtOnceWhereTheClientHasGoneAlready() throws InterruptedException {
        open(parked::add);
        try (RawClient client = front.connect()) {
            client.send(GET);
            Exchange exchange = parked.poll(10, TimeUnit.SECONDS);
            CompletableFuture<Void> first = new CompletableFuture<>();
            CompletableFuture<Void> second = new CompletableFuture<>();
            exchange.whenGone(() -> first.complete(null));
            client.leave();
            first.orTimeout(10, TimeUnit.SECONDS).join();

            exchange.whenGone(() -> second.complete(null));

            second.orTimeout(10, TimeUnit.SECONDS).join();
            exchange.answer(Answer.NO_CONTENT);
        }
        assertThatAllEnd();
    }

    @RepeatedTest(20)
    void handsOutWhatCameOfABodyBeforeTheClientLeft() throws InterruptedException {
        open(parked::add);
        try (RawClient client = front.connect()) {
            client.send("PUT /ce/payloads HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
            Exchange exchange = parked.poll(10, TimeUnit.SECONDS);
            CompletableFuture<Void> gone = new CompletableFuture<>();
            exchange.whenGone(() -> gone.complete(null));
            client.leave();
            gone.orTimeout(10, TimeUnit.SECONDS).join();
            BodyStream body = exchange.receive();
            ByteBuffer taken = ByteBuffer.allocate(9);

            assertThat(body.take(taken)).isEqualTo(new Piece.Some());
            assertThat(body.take(taken)).isEqualTo(new Piece.Lost());
            assertThat(taken.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));
            exchange.answer(Answer.NO_CONTENT);
        }
        assertThatAllEnd();
    }

    private void open(Route route) {
        front = new FrontFixture(FrontFixture.config(), _ -> route);
    }

    private void assertThatAllEnd() {
        assertThat(front.traffic.drain().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS))
                .succeedsWithin(java.time.Duration.ofSeconds(11));
    }
}
