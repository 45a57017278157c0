package dev.tidings.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Groups that begin at the earliest event, one after the other: the first finds a broker that has just been started,
/// the last one whose code is compiled.
final class CatchUp {
    private static final int GROUPS = 6;
    private static final int SOCKETS = 4;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

    private CatchUp() {}

    static void play(Stage stage, Report report) throws IOException, InterruptedException {
        long backlog = stage.settings().backlog();
        try (ServerProcess broker = stage.broker()) {
            Backlog.store(stage, broker, backlog);
        }
        try (ServerProcess broker = stage.brokerOnWhatIsStored()) {
            report.row(Job.CATCH_UP.text() + ", just started", catchUp(stage, broker, "late-1"));
            for (int group = 2; group < GROUPS; group++) {
                catchUp(stage, broker, "late-" + group);
            }
            report.row(Job.CATCH_UP.text() + ", warm", catchUp(stage, broker, "late-" + GROUPS));
        }
    }

    /// The rest of a row: CPU of the broker an event, events a second.
    private static String catchUp(Stage stage, ServerProcess broker, String group)
            throws IOException, InterruptedException {
        long backlog = stage.settings().backlog();
        AtomicLong received = new AtomicLong();
        long cpu = broker.cpuMicros();
        long from = System.nanoTime();
        IntStream.range(0, SOCKETS)
                .forEach(_ -> new Consumer(100, received, null).open(stage.vertx(), broker.port(), "group=" + group));
        while (received.get() < backlog) {
            Thread.sleep(1);
            if (System.nanoTime() - from > PATIENCE) {
                throw new IOException("only %,d of %,d events came".formatted(received.get(), backlog));
            }
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        return "%.2f | %,.0f | | | | 0".formatted((broker.cpuMicros() - cpu) / (double) backlog, backlog / seconds);
    }
}
