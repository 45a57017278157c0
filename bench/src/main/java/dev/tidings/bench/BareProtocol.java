package dev.tidings.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A program without the SDK, by the JDK's HTTP client: it sends texts, and reads nothing of what comes.
final class BareProtocol implements AutoCloseable {
    private static final int CONFIRM_EACH = 100;

    private final URI broker;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BareProtocol(URI broker) {
        this.broker = broker;
    }

    void post(String batch) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(broker.resolve("/ce/produce/events"))
                .header("content-type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString(batch))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the batch was refused: " + answer.body());
        }
    }

    /// Returns once so many events have come, and are confirmed.
    void receive(String query, int events) throws InterruptedException {
        Counting counting = new Counting(events);
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("cloudevents.json")
                .buildAsync(URI.create("ws://" + broker.getAuthority() + "/ce/consume/ws?" + query), counting)
                .join();
        counting.done.await();
        socket.abort();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static final class Counting implements WebSocket.Listener {
        private final CountDownLatch done = new CountDownLatch(1);
        private final int expected;
        private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
        private long offset;

        Counting(int expected) {
            this.expected = expected;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            from.request(1);
            offset += last ? 1 : 0;
            if (!last || offset % CONFIRM_EACH != 0) {
                return null;
            }
            long upTo = offset;
            sending = sending.thenCompose(sent -> from.sendText("confirm:" + upTo, true));
            return upTo < expected ? null : sending.thenRun(done::countDown);
        }
    }
}
