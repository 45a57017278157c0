package dev.tidings.bench.soak;

import dev.tidings.bench.Load;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Publishes as users do: single events and batches, with a schema and without, over connections that are
/// opened anew now and then. A key belongs to one connection, and its events go out one request after another.
final class Producers {
    private static final int KEYS_PER_CONNECTION = 50;

    /// One way to publish.
    ///
    /// @param share of all events
    private record Way(int connections, int batch, boolean checked, double share) {}

    private static final List<Way> WAYS = List.of(
            new Way(32, 1, false, 0.20),
            new Way(16, 1, true, 0.10),
            new Way(8, 40, false, 0.50),
            new Way(8, 20, true, 0.20));

    /// What all of them did since the last lap.
    record Lap(long events, long failures, double seconds, Histogram latencyMicros) {
        double perSecond() {
            return events / seconds;
        }
    }

    private final Keys keys = new Keys(WAYS.stream().mapToInt(Way::connections).sum() * KEYS_PER_CONNECTION);
    private final List<Load> loads = new ArrayList<>();

    Producers(Vertx vertx, int port) {
        int firstKey = 0;
        for (Way way : WAYS) {
            int first = firstKey;
            int[] turns = new int[way.connections];
            Load.Plan plan = way.batch == 1
                    ? Load.Plan.singles(port, way.connections, 1).reconnecting(20_000)
                    : Load.Plan.batches(port, way.connections, way.batch, 1).reconnecting(5_000);
            loads.add(new Load(vertx, plan, (connection, meant) -> body(way, first, turns, connection)));
            firstKey += way.connections * KEYS_PER_CONNECTION;
        }
    }

    Keys keys() {
        return keys;
    }

    void start(double eventsPerSecond) {
        pace(eventsPerSecond);
        loads.forEach(Load::start);
    }

    void pace(double eventsPerSecond) {
        for (int i = 0; i < loads.size(); i++) {
            Way way = WAYS.get(i);
            loads.get(i).pace(eventsPerSecond * way.share / way.batch);
        }
    }

    Lap lap() {
        Histogram latency = null;
        long events = 0;
        long failures = 0;
        double seconds = 0;
        for (Load load : loads) {
            Load.Result result = load.lap();
            events += result.events();
            failures += result.failures();
            seconds = result.seconds();
            if (latency == null) {
                latency = result.latencyMicros();
            } else {
                latency.add(result.latencyMicros());
            }
        }
        return new Lap(events, failures, seconds, latency == null ? new Histogram(3) : latency);
    }

    /// Returns once everything that was sent is acknowledged.
    void stop() {
        loads.forEach(Load::stop);
    }

    private byte[] body(Way way, int firstKey, int[] turns, int connection) {
        StringBuilder body = new StringBuilder(way.batch * 500);
        for (int i = 0; i < way.batch; i++) {
            int key = firstKey + connection * KEYS_PER_CONNECTION + turns[connection]++ % KEYS_PER_CONNECTION;
            body.append(i == 0 ? "" : ",").append(Goods.event(key, keys.next(key), way.checked));
        }
        String json = way.batch == 1 ? body.toString() : "[" + body + "]";
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}
