package dev.tidings.bench.soak;

import dev.tidings.bench.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Plays periods of traffic and samples the server in each.
final class Watch {
    private final ServerProcess server;
    private final Probe probe;
    private final Traffic traffic;
    private final double rate;

    Watch(ServerProcess server, Path data, Traffic traffic, double rate) {
        this.server = server;
        this.probe = new Probe(server, data);
        this.traffic = traffic;
        this.rate = rate;
    }

    void run(Duration duration, Samples samples) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < duration.toNanos()) {
            long cpu = server.cpuMicros();
            CompletableFuture<Traffic.Period> playing = traffic.begin(rate);
            Lows lows = lowsDuring(playing);
            Traffic.Period period = playing.join();
            double hour = (System.nanoTime() - began) / 3.6e12;
            sample(samples, hour, lows);
            samples.add(Figure.CPU, hour, (server.cpuMicros() - cpu) / (double) Math.max(1, period.events()));
            samples.add(Figure.LATENCY, hour, period.p99Millis());
            samples.add(Figure.RATE, hour, period.events() / period.seconds());
            System.err.printf(
                    "%.3f h: %,.0f events/s, heap %.0f MiB, resident %d MiB, %d troubles%n",
                    hour,
                    period.events() / period.seconds(),
                    lows.heap,
                    server.residentMebibytes(),
                    traffic.troubles());
        }
    }

    /// The lowest of what goes up and down within a period: of the heap, what is left right after a collection.
    private record Lows(double heap, double lag) {}

    private Lows lowsDuring(CompletableFuture<?> playing) throws IOException, InterruptedException {
        double heap = Double.MAX_VALUE;
        double lag = Double.MAX_VALUE;
        while (!playing.isDone()) {
            Probe.Metrics metrics = probe.metrics();
            heap = Math.min(heap, Probe.heap(metrics));
            lag = Math.min(lag, metrics.greatest("tidings_group_lag_events{"));
            Thread.sleep(200);
        }
        return new Lows(heap, lag);
    }

    private void sample(Samples samples, double hour, Lows lows) throws IOException, InterruptedException {
        Probe.Metrics metrics = probe.metrics();
        samples.add(Figure.HEAP, hour, lows.heap);
        samples.add(Figure.LAG, hour, lows.lag);
        samples.add(Figure.DIRECT, hour, Probe.direct(metrics));
        samples.add(Figure.NON_HEAP, hour, Probe.nonHeap(metrics));
        samples.add(Figure.RESIDENT, hour, (double) server.residentMebibytes());
        samples.add(Figure.THREADS, hour, metrics.sum("jvm_threads_live_threads"));
        samples.add(Figure.DESCRIPTORS, hour, (double) probe.descriptors());
        samples.add(Figure.FILES, hour, (double) probe.files());
        samples.add(Figure.DISK, hour, probe.diskMebibytes());
    }
}
