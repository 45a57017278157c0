package dev.tidings.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// What can be measured. Each job starts servers with empty stores of its own.
enum Job {
    SINGLE("single publish, 64 connections") {
        @Override
        void play(Stage stage, Report report) throws IOException, InterruptedException {
            publish(stage, report, false);
            publish(stage, report, true);
            try (ServerProcess floor = stage.floor()) {
                new Measurement("  floor: read and answer only", floor, Stage.single(floor, 64, 0), false)
                        .report(stage, report);
            }
        }

        private void publish(Stage stage, Report report, boolean withSchema) throws IOException, InterruptedException {
            try (ServerProcess broker = stage.broker()) {
                String label = text() + (withSchema ? ", schema" : "");
                new Measurement(label, broker, Stage.single(broker, 64, 0), withSchema).report(stage, report);
            }
        }
    },
    BATCHES("batches of 100, 16 connections") {
        @Override
        void play(Stage stage, Report report) throws IOException, InterruptedException {
            for (boolean withSchema : new boolean[] {false, true}) {
                try (ServerProcess broker = stage.broker()) {
                    String label = text() + (withSchema ? ", schema" : "");
                    new Measurement(label, broker, Stage.batches(broker, 16, 0), withSchema).report(stage, report);
                }
            }
            try (ServerProcess floor = stage.floor()) {
                new Measurement("  floor: read and answer only", floor, Stage.batches(floor, 16, 0), false)
                        .report(stage, report);
            }
        }
    },
    TAIL("consume at the tail, 4 WebSockets, confirmation each 100") {
        @Override
        void play(Stage stage, Report report) throws IOException, InterruptedException {
            Tail.play(stage, report);
        }
    },
    CATCH_UP("catch-up of one group from disk, 4 WebSockets") {
        @Override
        void play(Stage stage, Report report) throws IOException, InterruptedException {
            CatchUp.play(stage, report);
        }
    },
    END_TO_END("end to end at 10,000 events/s, 3 producers, 3 consumers") {
        @Override
        void play(Stage stage, Report report) throws IOException, InterruptedException {
            try (ServerProcess broker = stage.broker()) {
                AtomicLong received = new AtomicLong();
                Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
                IntStream.range(0, 3)
                        .forEach(i ->
                                new Consumer(100, received, latency).open(stage.vertx(), broker.port(), "group=near"));
                long[] cpu = new long[1];
                Load.Result result = stage.load(Stage.single(broker, 64, 10_000), false, () -> {
                    latency.reset();
                    cpu[0] = broker.cpuMicros();
                });
                double used = (double) (broker.cpuMicros() - cpu[0]);
                report.row(
                        text(),
                        "%.2f | %,.0f | %s | %d"
                                .formatted(
                                        used / result.events(),
                                        result.perSecond(),
                                        Report.percentiles(latency),
                                        result.failures()));
                report.row("  of that, publishing", " | | " + Report.percentiles(result.latencyMicros()) + " | ");
            }
        }
    },
    SDK("the Java SDK beside the bare protocol") {
        @Override
        void play(Stage stage, Report report) throws IOException, InterruptedException {
            Sdk.play(stage, report);
        }
    },
    START("start to ready; new instance to first event; reopen after a kill; memory") {
        @Override
        void play(Stage stage, Report report) throws IOException, InterruptedException {
            StartAndStop.play(stage, report);
        }
    };

    private final String text;

    Job(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    abstract void play(Stage stage, Report report) throws IOException, InterruptedException;

    /// Drives one server and reports it under a label.
    private record Measurement(String label, ServerProcess server, Load.Plan plan, boolean withSchema) {
        void report(Stage stage, Report report) throws InterruptedException {
            long[] cpu = new long[1];
            Load.Result result = stage.load(plan, withSchema, () -> cpu[0] = server.cpuMicros());
            report.row(label, (double) (server.cpuMicros() - cpu[0]), result);
        }
    }
}
