package dev.tidings.bench.pressure;

import dev.tidings.bench.ServerProcess;
import dev.tidings.bench.Settings;
import dev.tidings.bench.Stage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Nine groups call the producer for each event: eight follow what comes, and one comes back to a backlog.
final class Scene {
    private static final int TAILS = 8;
    private static final int BATCH = 1_000;
    private static final String TYPE = "Bench.Callback.Thing.Changed";
    private static final Duration SERVICE = Duration.ofMillis(20);
    /// Older than that, events are a backlog to the broker.
    private static final Duration OLD = Duration.ofSeconds(11);
    private static final long STEP_MILLIS = 500;

    private final Plan plan;
    private final Path directory;
    private final Vertx vertx;

    /// @param limits  of the type, in YAML; empty: none
    /// @param backlog how many events wait for the one that comes back
    /// @param seconds how long it is watched after that
    /// @param rate    how many events come in a second meanwhile
    record Plan(String limits, int backlog, int seconds, int rate) {}

    /// @param laps          of half a second each
    /// @param latencyMicros of those that follow: from the sending of an event to the producer's answer
    record Seen(List<Producer.Lap> laps, Histogram latencyMicros) {
        double second(int lap) {
            return lap * STEP_MILLIS / 1e3;
        }

        double rate(int lap) {
            return laps.get(lap).requests() * 1e3 / STEP_MILLIS;
        }
    }

    Scene(Plan plan, Path directory, Vertx vertx) {
        this.plan = plan;
        this.directory = directory;
        this.vertx = vertx;
    }

    Seen play() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Stage.clear(data);
        String yaml = "types:\n  " + TYPE + ": {" + plan.limits + "}\n";
        Path catalog = Files.writeString(directory.resolve("catalog.yaml"), yaml);
        Settings settings = new Settings(0, 0, 0, 0, List.of(), directory);
        try (HttpClient http = HttpClient.newHttpClient();
                ServerProcess broker = ServerProcess.start(
                        settings,
                        "dev.tidings.dist.Main",
                        "serve",
                        "--insecure",
                        "--catalog",
                        catalog.toString(),
                        "--data",
                        data.toString(),
                        "--port")) {
            URI address = URI.create("http://127.0.0.1:" + broker.port() + "/ce/produce/events");
            for (int stored = 0; stored < plan.backlog; stored += BATCH) {
                publish(http, address, BATCH, "old-" + stored + "-");
            }
            TimeUnit.MILLISECONDS.sleep(OLD.toMillis());
            return watch(
                    broker, () -> publish(http, address, 1, CallingConsumer.SENT.substring(6) + System.nanoTime()));
        }
    }

    private Seen watch(ServerProcess broker, Sending sending) throws IOException, InterruptedException {
        Producer producer = new Producer(vertx, SERVICE);
        int port = producer.open();
        Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        List<CallingConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < TAILS; i++) {
            consumers.add(open(broker, port, latency, "from=latest&group=tail" + i));
        }
        List<Producer.Lap> laps = new ArrayList<>();
        int steps = (int) (plan.seconds * 1_000L / STEP_MILLIS);
        int quiet = steps / 6;
        for (int step = 0; step < steps; step++) {
            if (step == quiet) {
                consumers.add(open(broker, port, null, "group=late"));
            }
            laps.add(step(producer, sending));
        }
        consumers.forEach(consumer -> vertx.runOnContext(_ -> consumer.close()));
        return new Seen(laps, latency);
    }

    private CallingConsumer open(ServerProcess broker, int producer, @Nullable Histogram latency, String query) {
        CallingConsumer consumer = new CallingConsumer(vertx, producer, latency);
        vertx.runOnContext(_ -> consumer.open(broker.port(), query));
        return consumer;
    }

    private Producer.Lap step(Producer producer, Sending sending) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);
        long sends = Math.max(1, plan.rate * STEP_MILLIS / 1_000);
        for (long i = 1; i <= sends; i++) {
            sending.send();
            long left = end - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left / (sends - i + 1)));
        }
        CompletableFuture<Producer.Lap> lap = new CompletableFuture<>();
        vertx.runOnContext(_ -> lap.complete(producer.lap()));
        return lap.join();
    }

    private interface Sending {
        void send() throws IOException, InterruptedException;
    }

    private static void publish(HttpClient http, URI address, int count, String id)
            throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(id)
                    .append(count == 1 ? "" : Integer.toString(i))
                    .append("\",\"specversion\":\"1.0\",\"source\":\"/bench\",\"type\":\"")
                    .append(TYPE)
                    .append("\",\"data\":{\"thing\":4711}}");
        }
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("content-type", "application/cloudevents-batch+json")
                        .POST(BodyPublishers.ofString(body.append(']').toString()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the events were refused: " + answer.body());
        }
    }
}
