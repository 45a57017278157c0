package dev.tidings.bench.curves;

import dev.tidings.bench.Stage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./tidings bench curves`.
@Command(
        name = "tidings bench curves",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the server's CPU per event and its memory against numbers: of types, of groups, of connections.",
            "Writes a chart (SVG) and a table (CSV) of each, and prints the tables."
        })
public final class Curves implements Callable<Integer> {
    @Option(
            names = "--curve",
            split = ",",
            paramLabel = "CURVE",
            description = "Which: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Curve> curves = List.of(Curve.values());

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "How long each point measures. Default: ${DEFAULT-VALUE}.")
    private double seconds = 5;

    @Option(names = "--warmup", defaultValue = "2", description = "Seconds before that. Default: ${DEFAULT-VALUE}.")
    private double warmup = 2;

    @Option(
            names = "--backlog",
            defaultValue = "10000000",
            description = "The largest backlog; 100 bytes an event of disk. Default: ${DEFAULT-VALUE}.")
    private long backlog = 10_000_000;

    @Option(names = "--out", defaultValue = "curves", description = "Where to write. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("curves");

    @Option(names = "--directory", description = "Where to put stores. Default: a temporary directory.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place = directory == null ? Files.createTempDirectory("tidings-curves") : directory;
        Files.createDirectories(place);
        Files.createDirectories(out);
        try (Rig rig = new Rig(new Rig.Times(seconds, warmup, backlog), place)) {
            for (Curve curve : curves) {
                long from = System.nanoTime();
                System.err.println("… by " + curve.varies());
                Sheet sheet = new Sheet(curve, curve.draw(rig));
                sheet.write(out);
                System.out.println(sheet.table());
                System.err.printf(
                        Locale.ROOT,
                        "  took %d s, load average %.1f%n",
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            }
        } finally {
            Stage.clear(directory == null ? place : place.resolve("data"));
        }
        return 0;
    }
}
