package dev.tidings.bench.pressure;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// What consumers call back: answers each request after a while, as one that asks a database does, and counts. All of
/// it happens on one event loop.
final class Producer {
    private final Vertx vertx;
    private final long serviceMillis;
    private long requests;
    private int inFlight;
    private int mostInFlight;

    Producer(Vertx vertx, Duration service) {
        this.vertx = vertx;
        this.serviceMillis = service.toMillis();
    }

    /// The port it listens on.
    int open() {
        HttpServer server = vertx.createHttpServer().requestHandler(this::called);
        return server.listen(0, "127.0.0.1").await().actualPort();
    }

    /// What has happened since this was asked last; on the event loop.
    Lap lap() {
        Lap lap = new Lap(requests, mostInFlight);
        requests = 0;
        mostInFlight = inFlight;
        return lap;
    }

    /// @param requests     how many came
    /// @param mostInFlight the most that were unanswered at once
    record Lap(long requests, int mostInFlight) {}

    private void called(HttpServerRequest request) {
        requests++;
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        vertx.setTimer(serviceMillis, _ -> {
            inFlight--;
            request.response().end("{}");
        });
    }
}
