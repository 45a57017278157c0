package dev.tidings.bench.pressure;

import dev.tidings.bench.Stage;
import dev.tidings.bench.chart.Figure;
import dev.tidings.bench.chart.Line;
import dev.tidings.bench.chart.Panel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./tidings bench pressure`.
@Command(
        name = "tidings bench pressure",
        mixinStandardHelpOptions = true,
        description = {
            "Nine groups call a producer back for each of its events; eight follow what comes, and one comes back to a",
            "backlog. Shows how hard the producer is called, with and without limits of the type. Writes a chart (SVG),",
            "and prints a table."
        })
public final class CallbackPressure implements Callable<Integer> {
    private static final String WITHOUT = "without limits";

    @Option(names = "--backlog", defaultValue = "1000000", description = "Events. Default: ${DEFAULT-VALUE}.")
    private int backlog = 1_000_000;

    @Option(names = "--seconds", defaultValue = "30", description = "How long to watch. Default: ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Option(
            names = "--rate",
            defaultValue = "10",
            description = "Events a second that come meanwhile. Default: ${DEFAULT-VALUE}.")
    private int rate = 10;

    @Option(
            names = "--limits",
            defaultValue = "delivery-rate: 200, delivery-concurrency: 50",
            description = "Of the type. Default: ${DEFAULT-VALUE}.")
    private String limits = "";

    @Option(names = "--out", defaultValue = "pressure", description = "Where to write. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("pressure");

    @Option(names = "--directory", description = "Where to put stores. Default: a temporary directory.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place = directory == null ? Files.createTempDirectory("tidings-pressure") : directory;
        Files.createDirectories(place);
        Files.createDirectories(out);
        Map<String, Scene.Seen> seen = new LinkedHashMap<>();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            for (String which : List.of("", limits)) {
                System.err.println("… " + (which.isEmpty() ? WITHOUT : which));
                Scene.Plan plan = new Scene.Plan(which, backlog, seconds, rate);
                seen.put(which.isEmpty() ? WITHOUT : which, new Scene(plan, place, vertx).play());
            }
        } finally {
            vertx.close().await();
            Stage.clear(place.resolve("data"));
        }
        Files.writeString(out.resolve("pressure.svg"), figure(seen).svg());
        System.out.println(table(seen));
        return 0;
    }

    private static String table(Map<String, Scene.Seen> seen) {
        StringBuilder table =
                new StringBuilder("| limits of the type | calls/s, mean | calls/s, most | in flight at once,"
                        + " most | event to answer for those that follow, p50 ms | p99 ms |\n"
                        + "| --- | ---: | ---: | ---: | ---: | ---: |\n");
        seen.forEach((which, scene) -> {
            int quiet = scene.laps().size() / 6 + 1;
            double sum = 0;
            double most = 0;
            int inFlight = 0;
            for (int lap = quiet; lap < scene.laps().size(); lap++) {
                sum += scene.rate(lap);
                most = Math.max(most, scene.rate(lap));
                inFlight = Math.max(inFlight, scene.laps().get(lap).mostInFlight());
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,d | %.0f | %.0f |%n",
                    which,
                    sum / (scene.laps().size() - quiet),
                    most,
                    inFlight,
                    scene.latencyMicros().getValueAtPercentile(50) / 1e3,
                    scene.latencyMicros().getValueAtPercentile(99) / 1e3));
        });
        return table.toString();
    }

    private static Figure figure(Map<String, Scene.Seen> seen) {
        Panel.Axis seconds = new Panel.Axis("seconds", Panel.Scale.LINEAR);
        List<Line> rates = new ArrayList<>();
        List<Line> inFlight = new ArrayList<>();
        seen.forEach((which, scene) -> {
            String name = which.equals(WITHOUT) ? "without limits" : "with limits";
            List<Line.Point> calls = new ArrayList<>();
            List<Line.Point> open = new ArrayList<>();
            for (int lap = 0; lap < scene.laps().size(); lap++) {
                calls.add(new Line.Point(scene.second(lap), scene.rate(lap)));
                open.add(new Line.Point(scene.second(lap), scene.laps().get(lap).mostInFlight()));
            }
            rates.add(new Line(name, calls));
            inFlight.add(new Line(name, open));
        });
        return new Figure(
                "One of nine consumers catches up",
                List.of(
                        new Panel(seconds, "calls of the producer a second", rates),
                        new Panel(seconds, "calls in flight at once", inFlight)));
    }
}
