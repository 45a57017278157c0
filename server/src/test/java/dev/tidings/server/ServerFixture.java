package dev.tidings.server;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.loop.LoopThread;
import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.broker.publishing.Published;
import dev.tidings.broker.publishing.Publishing;
import dev.tidings.broker.streams.StreamReading;
import dev.tidings.broker.streams.StreamsConfig;
import dev.tidings.engine.EngineStatus;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.Submission;
import dev.tidings.server.auth.InsecureAuthenticator;
import dev.tidings.server.fake.FakeInstances;
import dev.tidings.server.fake.FixedCatalogs;
import dev.tidings.server.http.HttpConfig;
import dev.tidings.server.http.RawClient;
import dev.tidings.server.metrics.Insight;
import dev.tidings.server.metrics.Metrics;
import dev.tidings.server.metrics.MetricsConfig;
import dev.tidings.server.subscriptions.SubscriptionParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/// A whole server on a free port, over a broker that the test plays.
final class ServerFixture implements AutoCloseable {
    static final EngineStatus WELL = new EngineStatus(null, new DataSize(1), new DataSize(2), 0.1);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final FakeInstances instances = new FakeInstances();
    final FixedCatalogs catalogs = new FixedCatalogs();

    /// What publishing answers.
    volatile CompletableFuture<Published> published = CompletableFuture.completedFuture(new Published.Accepted(1, 0));

    volatile EngineStatus engine = WELL;
    final Server server;

    ServerFixture(MetricsConfig metrics) {
        Insight insight = new Insight(
                new Metrics(metrics),
                () -> engine,
                () -> CompletableFuture.completedStage(List.of()),
                List::of,
                Insight.Pressure.NONE);
        ServerParts parts = new ServerParts(
                new Answering(),
                instances,
                catalogs,
                null,
                null,
                streams(),
                null,
                new SubscriptionParts(null, null, null),
                payloads(),
                new InsecureAuthenticator(),
                null,
                insight,
                InstantSource.system(),
                RandomGenerator.getDefault());
        try {
            server = Server.start(
                    ServerConfig.DEFAULT
                            .withHttp(HttpConfig.DEFAULT.withPort(0))
                            .withMetrics(metrics),
                    parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StreamReading streams() {
        Loop loop = new LoopThread(Thread.ofPlatform().daemon().factory());
        return new StreamReading(new StreamReading.Needs(
                new MemoryEngine(InstantSource.system()).log(),
                catalogs,
                _ -> loop,
                StreamsConfig.DEFAULT,
                System::nanoTime,
                Runnable::run));
    }

    private static Payloads payloads() {
        HandClock clock = new HandClock();
        try {
            return Payloads.open(
                    new Payloads.Parts(new MemoryEngine(clock), new FaultyDisk(1), clock, RandomGenerator.getDefault()),
                    PayloadConfig.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes a client an administrator.
    void administrator(String name) {
        ClientName client = new ClientName(name);
        TreeMap<ClientName, ClientEntry> clients = new TreeMap<>();
        clients.put(client, new ClientEntry(client, "", List.of(), null, null, true, ClientEntry.Quotas.DEFAULT));
        catalogs.set(new Catalog(1, new TreeMap<>(), clients));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return sendLater(request).join();
    }

    CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    RawClient connect() {
        return new RawClient(server.port());
    }

    private final class Answering implements Publishing {
        @Override
        public CompletionStage<Published> publish(Caller caller, Submission submission) {
            return published;
        }

        @Override
        public CompletionStage<Published> publishTest(Caller caller, Submission submission) {
            return published;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
