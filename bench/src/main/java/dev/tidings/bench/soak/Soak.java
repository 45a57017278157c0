package dev.tidings.bench.soak;

import dev.tidings.bench.ServerProcess;
import dev.tidings.bench.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./tidings-dev soak`.
@Command(
        name = "tidings-dev soak",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a broker for hours under half of the load that it can take on this machine, with retention at work and",
            "consumers that come, go, fail and come back, and tells whether anything grew that should not: memory,",
            "threads, descriptors, files, disk, CPU per event."
        },
        footer = {
            "",
            "Leaves soak.md, soak.svg, samples.csv and recording.jfr (the last part of a flight recording).",
            "Exit code 1 where something grew, or an event that was accepted did not arrive."
        })
public final class Soak implements Callable<Integer> {
    @Option(names = "--hours", defaultValue = "1", description = "How long. Default: ${DEFAULT-VALUE}.")
    private double hours = 1;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Events a second. Default: half of what a short trial reaches.")
    private double rate;

    @Option(
            names = "--period",
            defaultValue = "20",
            description = "Seconds from sample to sample. Default: ${DEFAULT-VALUE}.")
    private int period = 20;

    @Option(names = "--heap", defaultValue = "512m", description = "Of the server. Default: ${DEFAULT-VALUE}.")
    private String heap = "512m";

    @Option(names = "--out", defaultValue = "soak", description = "A directory for what it leaves. Default: soak.")
    private Path out = Path.of("soak");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Soak()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(out);
        Path work = Files.createTempDirectory("tidings-soak");
        List<String> options = List.of(
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+AlwaysPreTouch",
                "-XX:StartFlightRecording=disk=true,maxsize=64m,maxage=10m,dumponexit=true,filename="
                        + out.resolve("recording.jfr").toAbsolutePath());
        Settings settings = new Settings(period, 0, 500, 0, options, work);
        try (ServerProcess server = SoakServer.start(settings)) {
            try (Traffic traffic = new Traffic(server.port(), settings)) {
                double total = rate > 0 ? rate : traffic.trial() / 2;
                System.err.printf("soaking at %,.0f events a second for %s%n", total, duration());
                Samples samples = new Samples();
                new Watch(server, work.resolve("data"), traffic, total).run(duration(), samples);
                boolean arrived = traffic.drained(server);
                return SoakReport.write(out, samples, new SoakReport.Run(total, heap, arrived)) ? 0 : 1;
            }
        } finally {
            SoakServer.clear(work);
        }
    }

    private Duration duration() {
        return Duration.ofSeconds(Math.round(hours * 3600));
    }
}
