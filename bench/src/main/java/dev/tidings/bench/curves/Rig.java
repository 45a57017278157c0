package dev.tidings.bench.curves;

import dev.tidings.bench.Consumer;
import dev.tidings.bench.CpuClock;
import dev.tidings.bench.Load;
import dev.tidings.bench.ServerProcess;
import dev.tidings.bench.Settings;
import dev.tidings.bench.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What curves are measured with.
final class Rig implements AutoCloseable {
    /// How many events a second are published in batches of 100 where a curve doesn't vary that.
    static final int STEADY = 20_000;

    private static final long WARM_EVENTS = 1_000_000;
    private static final Pattern LIVE = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);
    private static final String CONFIGURATION = """
            server:
              web-socket: { per-client: 20000 }
            broker:
              consuming: { instances: 20000, groups: 5000 }
            """;

    private final Times times;
    private final Path directory;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));

    /// @param point   seconds that each point is measured
    /// @param settle  seconds before that
    /// @param backlog the largest
    record Times(double point, double settle, long backlog) {}

    Rig(Times times, Path directory) {
        this.times = times;
        this.directory = directory;
    }

    Times times() {
        return times;
    }

    Vertx vertx() {
        return vertx;
    }

    /// A fresh one, which may have more groups and instances than by default.
    ServerProcess server(String catalog) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Stage.clear(data);
        Path config = Files.writeString(directory.resolve("tidings.yaml"), CONFIGURATION);
        Path types = Files.writeString(directory.resolve("catalog.yaml"), catalog);
        return ServerProcess.start(
                new Settings(0, 0, 0, 0, List.of("-Xms64m"), directory),
                "dev.tidings.dist.Main",
                "serve",
                "--insecure",
                "--config",
                config.toString(),
                "--catalog",
                types.toString(),
                "--data",
                data.toString(),
                "--port");
    }

    /// Has a server compile its way of publishing and consuming: by a number of events, since a busy machine takes its
    /// time.
    void warmUp(ServerProcess server, int types) throws InterruptedException {
        Consumer consumer = new Consumer(100, new AtomicLong(), null);
        consumer.open(vertx, server.port(), "group=warm-up");
        Load load = new Load(vertx, Load.Plan.batches(server.port(), 16, 100, 0), new Parcels().bodies(100, types));
        load.start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        for (long events = 0;
                events < WARM_EVENTS && System.nanoTime() < deadline;
                events += load.lap().events()) {
            Thread.sleep(100);
        }
        load.stop();
        consumer.close();
    }

    /// The server's CPU for each event that is published at the steady rate.
    double steadily(ServerProcess server, Parcels parcels, int types) throws InterruptedException {
        return cost(server, Load.Plan.batches(server.port(), 16, 100, STEADY / 100.0), parcels.bodies(100, types));
    }

    /// The server's CPU for each event that is acknowledged.
    double cost(ServerProcess server, Load.Plan plan, Load.Bodies bodies) throws InterruptedException {
        CpuClock cpu = new CpuClock(server.handle());
        Load load = new Load(vertx, plan, bodies);
        load.start();
        TimeUnit.NANOSECONDS.sleep((long) (times.settle * 1e9));
        load.lap();
        cpu.lapMicros();
        TimeUnit.NANOSECONDS.sleep((long) (times.point * 1e9));
        Load.Result result = load.lap();
        double used = cpu.lapMicros();
        load.stop();
        return used / Math.max(1, result.events());
    }

    /// Adds the memory of a server that has nothing to do.
    void memory(ServerProcess server, Reading reading) throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (times.settle * 1e9));
        reading.with(Reading.Quantity.RESIDENT, (double) server.residentMebibytes());
        Matcher live = LIVE.matcher(server.diagnose("GC.class_histogram"));
        if (live.find()) {
            reading.with(Reading.Quantity.LIVE_HEAP, Double.parseDouble(live.group(1)) / (1 << 20));
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
