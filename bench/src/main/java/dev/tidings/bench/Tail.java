package dev.tidings.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// What it costs to consume at the tail, told apart from what it costs to publish: one server is published to
/// at a steady rate all the time, and short phases with consumers and without follow each other. Each pair of
/// neighbours gives one difference, so that whatever changes slower than a pair falls out, and the median of
/// many is not moved by a few in which the machine did something else.
final class Tail {
    private static final double REQUESTS_PER_SECOND = 300;
    private static final int CONSUMERS = 4;
    private static final long SETTLING_MILLIS = 700;
    private static final long PHASE_MILLIS = 2_000;
    private static final int MOST_PAIRS = 90;

    private final Stage stage;
    private final ServerProcess broker;
    private final Load load;
    private final CpuClock cpu;
    private int groups;

    private Tail(Stage stage, ServerProcess broker) {
        this.stage = stage;
        this.broker = broker;
        Events events = new Events(stage.settings().eventSize(), false, "tail");
        Load.Plan plan = Stage.batches(broker, 16, REQUESTS_PER_SECOND);
        this.load = new Load(stage.vertx(), plan, (connection, sent) -> events.batch(plan.eventsPerRequest(), sent));
        this.cpu = new CpuClock(broker.handle());
    }

    /// As many pairs as seconds are to be measured.
    static void play(Stage stage, Report report) throws IOException, InterruptedException {
        try (ServerProcess broker = stage.broker()) {
            new Tail(stage, broker).play(report);
        }
    }

    private record Phase(double cpuMicros, long published, long consumed) {
        double perPublished() {
            return cpuMicros / published;
        }
    }

    private void play(Report report) throws InterruptedException {
        int pairs = Math.clamp((long) stage.settings().seconds(), 6, MOST_PAIRS);
        load.start();
        // The consumers' way is to be compiled by then, too.
        for (long warm = 0; warm < stage.settings().warmup() * 1000; warm += SETTLING_MILLIS + PHASE_MILLIS) {
            with();
        }
        List<Double> differences = new ArrayList<>();
        List<Double> publishing = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            Phase first = i % 2 == 0 ? with() : without();
            Phase second = i % 2 == 0 ? without() : with();
            Phase with = i % 2 == 0 ? first : second;
            Phase without = i % 2 == 0 ? second : first;
            differences.add((with.cpuMicros - without.perPublished() * with.published) / Math.max(1, with.consumed));
            publishing.add(without.perPublished());
        }
        load.stop();
        PairedDifference consuming = PairedDifference.of(differences);
        PairedDifference alone = PairedDifference.of(publishing);
        report.row(
                "consume at the tail, %d WebSockets, confirmation each 100".formatted(CONSUMERS),
                "%.2f (%.2f to %.2f, median of %d pairs; publishing alone %.2f) | %,.0f | | | | 0"
                        .formatted(
                                consuming.median(),
                                consuming.from(),
                                consuming.to(),
                                pairs,
                                alone.median(),
                                REQUESTS_PER_SECOND * 100));
    }

    private Phase without() throws InterruptedException {
        return phase(new AtomicLong());
    }

    /// Of a new group each time, which begins at the end: one from before would first catch up.
    private Phase with() throws InterruptedException {
        AtomicLong received = new AtomicLong();
        String group = "from=latest&group=tail" + groups++;
        List<Consumer> consumers = Stream.generate(() -> new Consumer(100, received, null))
                .limit(CONSUMERS)
                .toList();
        consumers.forEach(consumer -> consumer.open(stage.vertx(), broker.port(), group));
        Phase phase = phase(received);
        consumers.forEach(Consumer::close);
        return phase;
    }

    private Phase phase(AtomicLong received) throws InterruptedException {
        Thread.sleep(SETTLING_MILLIS);
        load.lap();
        cpu.lapMicros();
        long before = received.get();
        Thread.sleep(PHASE_MILLIS);
        double used = cpu.lapMicros();
        long consumed = received.get() - before;
        return new Phase(used, Math.max(1, load.lap().events()), consumed);
    }
}
