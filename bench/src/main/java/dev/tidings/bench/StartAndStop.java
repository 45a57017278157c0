package dev.tidings.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Times that a person notices, and memory at rest.
final class StartAndStop {
    private StartAndStop() {}

    static void play(Stage stage, Report report) throws IOException, InterruptedException {
        long from = System.nanoTime();
        try (ServerProcess broker = stage.launchedBroker()) {
            report.row("start to ready, empty store", "%.0f ms".formatted(millisSince(from)));
            Thread.sleep(2000);
            report.row("memory, idle", broker.residentMebibytes() + " MiB");
            Backlog.store(stage, broker, stage.settings().backlog());
            firstEvent(stage, report, broker);
            broker.kill();
        }
        from = System.nanoTime();
        try (ServerProcess broker = stage.launchedOnWhatIsStored()) {
            report.row(
                    "reopen after a kill, %,d events of %d B"
                            .formatted(
                                    stage.settings().backlog(), stage.settings().eventSize()),
                    "%.0f ms, then %d MiB".formatted(millisSince(from), broker.residentMebibytes()));
        }
        idleSockets(stage, report);
    }

    private static void firstEvent(Stage stage, Report report, ServerProcess broker) throws InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            AtomicLong received = new AtomicLong();
            Consumer consumer = new Consumer(1_000_000, received, null);
            long from = System.nanoTime();
            consumer.open(stage.vertx(), broker.port(), "inflight=10&group=first" + i);
            while (received.get() == 0) {
                Thread.onSpinWait();
            }
            times.add(millisSince(from));
            consumer.close();
        }
        times.sort(Double::compare);
        report.row("new instance to first event, median of 20", "%.1f ms".formatted(times.get(10)));
    }

    private static void idleSockets(Stage stage, Report report) throws IOException, InterruptedException {
        int sockets = 1000;
        try (ServerProcess broker = stage.launchedBroker()) {
            Thread.sleep(1000);
            long before = broker.residentMebibytes();
            for (int i = 0; i < sockets; i++) {
                new Consumer(100, new AtomicLong(), null).open(stage.vertx(), broker.port(), "group=idle");
            }
            Thread.sleep(5000);
            report.row(
                    "memory of %,d idle WebSockets".formatted(sockets),
                    (broker.residentMebibytes() - before) + " MiB more");
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
