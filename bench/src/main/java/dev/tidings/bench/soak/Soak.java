package dev.tidings.bench.soak;

import dev.tidings.bench.ServerProcess;
import dev.tidings.bench.Settings;
import dev.tidings.bench.Stage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./tidings-dev soak`.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps a broker under half of its greatest load for hours, used in every way at once, and says whether memory,",
            "threads, descriptors, files, disk, CPU per event and latency stay flat, and whether every event came, in order.",
            "",
            "Exit codes: 0 all is flat and well, 1 something is not, 2 wrong option."
        })
public final class Soak implements Callable<Integer> {
    @Option(names = "--hours", description = "How long, warm-up included. Default: 1.")
    private double hours = 1;

    @Option(names = "--minutes", description = "The same, for a try.")
    private @Nullable Double minutes;

    @Option(names = "--rate", description = "Events a second. Default: half of what a calibration finds.")
    private @Nullable Double rate;

    @Option(names = "--heap", description = "Of the server. Default: ${DEFAULT-VALUE}.", defaultValue = "512m")
    private String heap = "512m";

    @Option(
            names = "--out",
            description =
                    "Where the report, the raw samples, the recording and the store go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "soak")
    private Path out = Path.of("soak");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Soak()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        double seconds = minutes == null ? hours * 3600 : minutes * 60;
        Files.createDirectories(out);
        Stage.clear(out.resolve("store"));
        Course course = new Course(seconds);
        try (ServerProcess server = server(course)) {
            return run(server, course);
        } finally {
            Stage.clear(out.resolve("store"));
        }
    }

    private int run(ServerProcess server, Course course) throws IOException, InterruptedException {
        try (Traffic traffic = new Traffic(server.port());
                Probe probe = new Probe(server, out.resolve("store"))) {
            double pace = pace(traffic);
            List<Sample> samples = new ArrayList<>();
            String firstClasses = observe(traffic, probe, new Observed(course, samples));
            traffic.finish();
            long missing = traffic.missing();
            Traffic.Account account = traffic.account();
            Findings findings = new Findings(samples, course.warmup());
            String classes = ClassGrowth.table(firstClasses, probe.histogram());
            String promises = promises(account, missing);
            findings.write(out, conditions(course, pace), classes + "\n" + promises);
            System.out.print(findings.table() + "\n" + promises);
            System.out.println("report: " + out.resolve("report.md"));
            return findings.notFlat().isEmpty() && missing == 0 && account.broken() == 0 ? 0 : 1;
        }
    }

    private double pace(Traffic traffic) throws InterruptedException {
        if (rate != null) {
            traffic.start(rate);
            return rate;
        }
        double half = Calibration.greatest(traffic) / 2;
        System.err.printf(Locale.ROOT, "… half of the greatest load: %,.0f events/s%n", half);
        traffic.producers().pace(half);
        return half;
    }

    private record Observed(Course course, List<Sample> samples) {}

    /// Returns the classes in the heap at the end of the warm-up.
    private static String observe(Traffic traffic, Probe probe, Observed observed)
            throws IOException, InterruptedException {
        Course course = observed.course;
        long from = System.nanoTime();
        String atWarmup = "";
        for (int i = 1; i <= course.samples(); i++) {
            long due = from + (long) (i * course.interval() * 1e9);
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            Map<Measure, Double> values = probe.read(traffic.producers(), i % course.heapEach() == 0);
            double now = (System.nanoTime() - from) / 1e9;
            observed.samples.add(new Sample(now, values));
            if (atWarmup.isEmpty() && now >= course.warmup()) {
                atWarmup = probe.histogram();
            }
            System.err.printf(Locale.ROOT, "%6.0f s  %s%n", now, line(values));
        }
        return atWarmup;
    }

    private static String line(Map<Measure, Double> values) {
        StringBuilder line = new StringBuilder();
        values.forEach(
                (measure, value) -> line.append(String.format(Locale.ROOT, "%s %,.1f  ", measure.column(), value)));
        return line.toString();
    }

    private String conditions(Course course, double pace) {
        return String.format(
                Locale.ROOT,
                "%,.0f events/s published for %,.0f s, the first %,.0f of them warm-up; a sample each %.0f s; events kept for %d s; a heap of %s; JDK %s, %d cores, load average at the end %.1f.%n",
                pace,
                course.seconds(),
                course.warmup(),
                course.interval(),
                course.retention().toSeconds(),
                heap,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String promises(Traffic.Account account, long missing) {
        StringBuilder text = new StringBuilder(account.summary()).append(".\n\n");
        if (missing == 0 && account.broken() == 0) {
            return text.append("No event was lost, no key out of order.\n").toString();
        }
        text.append(
                "**%,d events never came; %,d times a promise was broken.**%n".formatted(missing, account.broken()));
        account.complaints()
                .forEach(complaint -> text.append("- ").append(complaint).append('\n'));
        return text.toString();
    }

    private ServerProcess server(Course course) throws IOException, InterruptedException {
        Path catalog = Files.writeString(out.resolve("catalog.yaml"), Goods.catalog(course.retention()));
        Path config = Files.writeString(out.resolve("tidings.yaml"), course.configuration());
        Files.createDirectories(out.resolve("recording"));
        List<String> options = List.of(
                // All of it from the start: the collections that are asked for would make it smaller, and all others
                // dear.
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:NativeMemoryTracking=summary",
                "-XX:FlightRecorderOptions=repository=" + out.resolve("recording"),
                "-XX:StartFlightRecording=maxsize=128m,maxage=30m,filename=" + out.resolve("soak.jfr")
                        + ",dumponexit=true",
                "-Xlog:jfr*=off",
                "-Xlog:gc:file=" + out.resolve("gc.log") + ":time,uptime:filecount=2,filesize=8m");
        return ServerProcess.start(
                new Settings(0, 0, 0, 0, options, out),
                "dev.tidings.dist.Main",
                "serve",
                "--insecure",
                "--config",
                config.toString(),
                "--catalog",
                catalog.toString(),
                "--data",
                out.resolve("store").toString(),
                "--port");
    }
}
