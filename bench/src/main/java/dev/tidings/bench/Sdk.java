package dev.tidings.bench;

import dev.tidings.client.Bus;
import dev.tidings.client.Listening;
import dev.tidings.client.Tidings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/// What the Java SDK costs its program, beside the bare protocol by the same HTTP client: this process's CPU per
/// event, in neighbouring phases by turns. Both send events of the same size, 500 a request and one request at a
/// time, and both make them: the bare one by putting text together. Both receive over one WebSocket, and confirm.
final class Sdk {
    private static final int REQUEST = 500;
    private static final int REQUESTS = 60;
    private static final int EVENTS = REQUEST * REQUESTS;
    private static final String TYPE = Events.type(0, false);
    private static final int MOST_PAIRS = 90;

    private final Stage stage;
    private final URI broker;
    private final CpuClock cpu = new CpuClock(ProcessHandle.current());
    private final String data;
    private int phases;

    private Sdk(Stage stage, ServerProcess broker) {
        this.stage = stage;
        this.broker = URI.create("http://127.0.0.1:" + broker.port());
        this.data = "{\"filler\":\"" + "x".repeat(Math.max(0, stage.settings().eventSize() - 240)) + "\"}";
    }

    /// As many pairs as seconds are to be measured, after as many as the warm-up has.
    static void play(Stage stage, Report report) throws IOException, InterruptedException {
        try (ServerProcess broker = stage.broker()) {
            Sdk sdk = new Sdk(stage, broker);
            sdk.play(report, "Java SDK, publish, 500 a request", new Ways(sdk::fire, sdk::post));
            sdk.play(report, "Java SDK, listen, one listener", new Ways(sdk::listen, sdk::receive));
        }
    }

    /// Sends or receives [#EVENTS], and tells how many microseconds of CPU each took.
    private interface Way {
        double perEvent() throws IOException, InterruptedException;
    }

    private record Ways(Way sdk, Way bare) {}

    private void play(Report report, String label, Ways ways) throws IOException, InterruptedException {
        int pairs = Math.clamp((long) stage.settings().seconds(), 6, MOST_PAIRS);
        for (int i = 0; i < stage.settings().warmup(); i++) {
            ways.sdk.perEvent();
            ways.bare.perEvent();
        }
        List<Double> sdk = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            if (i % 2 == 0) {
                sdk.add(ways.sdk.perEvent());
            }
            bare.add(ways.bare.perEvent());
            if (i % 2 == 1) {
                sdk.add(ways.sdk.perEvent());
            }
        }
        PairedDifference ratio = PairedDifference.of(IntStream.range(0, pairs)
                .mapToObj(i -> sdk.get(i) / bare.get(i))
                .toList());
        report.row(
                label + " (the program's CPU)",
                "%.2f (bare protocol %.2f; ratio %.2f, %.2f to %.2f, of %d pairs) | | | | | 0"
                        .formatted(
                                PairedDifference.of(sdk).median(),
                                PairedDifference.of(bare).median(),
                                ratio.median(),
                                ratio.from(),
                                ratio.to(),
                                pairs));
    }

    private double fire() {
        try (Bus bus = Tidings.connect(broker)
                .source(URI.create("https://bench.example"))
                .open()) {
            byte[] payload = data.getBytes(StandardCharsets.UTF_8);
            cpu.lapMicros();
            for (int i = 0; i < EVENTS; i++) {
                bus.fire(bus.event(TYPE)
                        .key("k" + i % 1000)
                        .data("application/json", payload)
                        .build());
            }
            bus.flush().join();
            return cpu.lapMicros() / EVENTS;
        }
    }

    private double post() throws IOException, InterruptedException {
        String ids = "bare" + phases++ + "-";
        try (BareProtocol bare = new BareProtocol(broker)) {
            cpu.lapMicros();
            for (int request = 0; request < REQUESTS; request++) {
                StringBuilder batch = new StringBuilder("[");
                for (int i = 0; i < REQUEST; i++) {
                    int number = request * REQUEST + i;
                    batch.append(i == 0 ? "" : ",")
                            .append("{\"specversion\":\"1.0\",\"id\":\"")
                            .append(ids)
                            .append(number)
                            .append("\",\"type\":\"")
                            .append(TYPE)
                            .append("\",\"source\":\"https://bench.example\",\"partitionkey\":\"k")
                            .append(number % 1000)
                            .append("\",\"datacontenttype\":\"application/json\",\"data\":")
                            .append(data)
                            .append('}');
                }
                bare.post(batch.append(']').toString());
            }
            return cpu.lapMicros() / EVENTS;
        }
    }

    private double listen() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(EVENTS);
        try (Bus bus = Tidings.connect(broker).service("sdk" + phases++).open()) {
            cpu.lapMicros();
            bus.listen(Listening.to("all", TYPE), event -> left.countDown());
            left.await();
            return cpu.lapMicros() / EVENTS;
        }
    }

    private double receive() throws InterruptedException {
        try (BareProtocol bare = new BareProtocol(broker)) {
            cpu.lapMicros();
            bare.receive("test=false&inflight=1000&group=bare" + phases++ + "&types=" + TYPE, EVENTS);
            return cpu.lapMicros() / EVENTS;
        }
    }
}
