package dev.tidings.bench.curves;

import dev.tidings.bench.CpuClock;
import dev.tidings.bench.Load;
import dev.tidings.bench.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Against the number of events in the store.
final class BacklogCurve {
    private static final int BATCH = 1_000;
    private static final int TYPES = 10;

    private BacklogCurve() {}

    static List<Reading> draw(Rig rig) throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        String catalog = Parcels.catalog(TYPES).replace("busy", "busy, deduplication: 0s");
        try (ServerProcess server = rig.server(catalog)) {
            rig.warmUp(server, TYPES);
            Parcels parcels = new Parcels();
            long stored = 0;
            for (long target = 0; target <= rig.times().backlog(); target = Math.max(10_000, target * 10)) {
                fill(rig, server, target - stored);
                stored = target;
                Reading reading = Reading.at(target);
                rig.memory(server, reading);
                reading.with(Reading.Quantity.PUBLISH, rig.steadily(server, parcels, TYPES));
                catchUp(rig, server, reading);
                readings.add(reading);
            }
        }
        return readings;
    }

    private static void fill(Rig rig, ServerProcess server, long events) throws InterruptedException {
        byte[] body = body();
        Load load = new Load(rig.vertx(), Load.Plan.batches(server.port(), 8, BATCH, 0), (connection, meant) -> body);
        load.start();
        for (long stored = 0; stored < events; stored += load.lap().events()) {
            Thread.sleep(100);
        }
        load.stop();
    }

    /// What repeats ids is stored each time where nothing is deduplicated.
    private static byte[] body() {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < BATCH; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"specversion\":\"1.0\",\"id\":\"")
                    .append(i)
                    .append("\",\"source\":\"https://curves.example\",\"type\":\"")
                    .append(Parcels.type(i % TYPES))
                    .append("\",\"partitionkey\":\"k")
                    .append(i)
                    .append("\",\"data\":1}");
        }
        return body.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void catchUp(Rig rig, ServerProcess server, Reading reading)
            throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(rig.vertx(), server.port(), 100)) {
            CpuClock cpu = new CpuClock(server.handle());
            crowd.grow(4, number -> "group=late" + reading.x());
            TimeUnit.NANOSECONDS.sleep((long) (rig.times().point() * 1e9));
            reading.with(Reading.Quantity.CATCH_UP, cpu.lapMicros() / Math.max(1, crowd.received()));
        }
    }
}
