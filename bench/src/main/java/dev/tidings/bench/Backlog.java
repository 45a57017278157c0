package dev.tidings.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// Fills a store with an exact number of events.
final class Backlog {
    private static final int BATCH = 100;
    private static final int UNDER_WAY = 16;

    private Backlog() {}

    static void store(Stage stage, ServerProcess broker, long events) throws IOException {
        Events made = new Events(stage.settings().eventSize(), false, "backlog");
        URI address = URI.create("http://127.0.0.1:" + broker.port() + "/ce/produce/events");
        Queue<CompletableFuture<HttpResponse<String>>> underWay = new ArrayDeque<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (long stored = 0; stored < events; stored += BATCH) {
                HttpRequest request = HttpRequest.newBuilder(address)
                        .header("content-type", "application/cloudevents-batch+json")
                        .POST(BodyPublishers.ofByteArray(made.batch(BATCH, 0)))
                        .build();
                underWay.add(client.sendAsync(request, BodyHandlers.ofString()));
                if (underWay.size() == UNDER_WAY) {
                    check(underWay.remove().join());
                }
            }
            for (CompletableFuture<HttpResponse<String>> answer : underWay) {
                check(answer.join());
            }
        }
    }

    private static void check(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("the backlog was refused: " + answer.body());
        }
    }
}
