package dev.tidings.bench.soak;

import dev.tidings.bench.Consumer;
import dev.tidings.bench.Events;
import dev.tidings.bench.Load;
import dev.tidings.bench.ServerProcess;
import dev.tidings.bench.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Who uses the soaked broker: producers of single events and of batches with a schema; two groups over WebSocket that
/// stay; one whose instance is cut off each period with deliveries unconfirmed; pollers.
final class Traffic implements AutoCloseable {
    private static final int SINGLES = 64;
    private static final int BATCHES = 16;
    private static final int BATCH = 100;
    /// Of ten events, so many come in batches.
    private static final double BATCHED = 0.8;
    private static final int CONFIRM_EACH = 100;
    private static final double PATIENCE_SECONDS = 60;

    private final int port;
    private final Settings settings;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong troubles = new AtomicLong();
    private final List<Poller> pollers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long accepted;

    Traffic(int port, Settings settings) {
        this.port = port;
        this.settings = settings;
        for (int i = 0; i < 4; i++) {
            new Consumer(CONFIRM_EACH, received, null).open(vertx, port, "group=staying");
        }
        new Consumer(CONFIRM_EACH, new AtomicLong(), null).open(vertx, port, "group=other");
        for (int i = 0; i < 2; i++) {
            Poller poller = new Poller(port, troubles);
            pollers.add(poller);
            threads.execute(poller);
        }
    }

    /// What came of one period.
    ///
    /// @param p99Millis of single publishes
    record Period(long events, double seconds, double p99Millis) {}

    /// How many events a second are accepted when each answer is followed by the next request, consumers and all.
    double trial() {
        play(0);
        Period period = play(0);
        return period.events / period.seconds;
    }

    /// Begins a period.
    CompletableFuture<Period> begin(double rate) {
        return CompletableFuture.supplyAsync(() -> play(rate), threads);
    }

    /// Publishes for a period.
    ///
    /// @param rate events a second; 0: as fast as answers come
    private Period play(double rate) {
        Consumer visitor = new Consumer(CONFIRM_EACH, new AtomicLong(), null);
        visitor.open(vertx, port, "group=visiting");
        double singles = rate * (1 - BATCHED);
        double batches = rate * BATCHED / BATCH;
        var single = new Load.Plan(port, "/ce/produce/event", "application/cloudevents+json", SINGLES, 1, singles);
        var batch = new Load.Plan(
                port, "/ce/produce/events", "application/cloudevents-batch+json", BATCHES, BATCH, batches);
        CompletableFuture<Load.Result> ofSingles = CompletableFuture.supplyAsync(() -> publish(single, false), threads);
        Load.Result ofBatches = publish(batch, true);
        Load.Result first = ofSingles.join();
        visitor.close();
        troubles.addAndGet(first.failures() + ofBatches.failures());
        accepted += first.events() + ofBatches.events();
        return new Period(
                first.events() + ofBatches.events(),
                ofBatches.seconds(),
                first.latencyMicros().getValueAtPercentile(99) / 1000.0);
    }

    private Load.Result publish(Load.Plan plan, boolean withSchema) {
        Events events = new Events(settings.eventSize(), withSchema, Long.toString(System.nanoTime(), 36));
        Load load = new Load(
                vertx,
                plan,
                sent -> plan.eventsPerRequest() == 1 ? events.one(sent) : events.batch(plan.eventsPerRequest(), sent));
        try {
            return load.run(0, settings.seconds(), () -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Answers that were not expected.
    long troubles() {
        return troubles.get();
    }

    /// Whether the group that stayed got all that was accepted, once it had time to.
    boolean drained(ServerProcess server) throws IOException, InterruptedException {
        Probe probe = new Probe(server, settings.directory().resolve("data"));
        double lag = 1;
        for (int i = 0; i < PATIENCE_SECONDS && lag > 0; i++) {
            Thread.sleep(1000);
            lag = probe.metrics().sum("tidings_group_lag_events{client=\"guest\",group=\"staying\"");
        }
        return received.get() >= accepted;
    }

    @Override
    public void close() {
        pollers.forEach(Poller::stop);
        threads.close();
        vertx.close().await();
    }
}
