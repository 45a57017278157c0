package dev.tidings.bench;

import dev.tidings.bench.curves.Curves;
import dev.tidings.bench.pressure.CallbackPressure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./tidings bench`.
@Command(
        name = "tidings bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures a broker on this machine: starts it in a process of its own with an empty store, drives it over",
            "loopback with events that are durable before the answer, and prints its CPU per event beside a floor.",
            "",
            "CPU per event is the figure to compare; rates depend on what else the machine does."
        },
        footer = {
            "",
            "Examples:",
            "  tidings bench --jobs single,batches --seconds 5   a quick look at publishing",
            "  tidings bench curves --curve types,groups         how cost and memory change with numbers",
            "  tidings bench pressure                            how hard consumers call a producer back",
            "  tidings bench micro Scanner                       benchmarks of single rooms, by JMH (-h: its options)"
        })
public final class Bench implements Callable<Integer> {
    @Option(
            names = "--jobs",
            split = ",",
            paramLabel = "JOB",
            description = "Which: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Job> jobs = List.of(Job.values());

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "How long each measures. Default: ${DEFAULT-VALUE}.")
    private double seconds = 15;

    @Option(names = "--warmup", defaultValue = "10", description = "Seconds before that. Default: ${DEFAULT-VALUE}.")
    private double warmup;

    @Option(names = "--size", defaultValue = "500", description = "Bytes an event. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--backlog",
            defaultValue = "1000000",
            description = "Events stored before a catch-up. Default: ${DEFAULT-VALUE}.")
    private long backlog;

    @Option(names = "--jvm-option", description = "For the server's JVM, for example to record a profile.")
    private List<String> options = List.of();

    @Option(names = "--directory", description = "Where to put stores. Default: a temporary directory.")
    private @Nullable Path directory;

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("micro")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        Callable<Integer> command = switch (arguments.length > 0 ? arguments[0] : "") {
            case "curves" -> new Curves();
            case "pressure" -> new CallbackPressure();
            default -> new Bench();
        };
        String[] options = command instanceof Bench ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        System.exit(new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(options));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place =
                directory == null ? Files.createTempDirectory("tidings-bench") : Files.createDirectories(directory);
        Report report = new Report(System.out);
        try (Stage stage = new Stage(new Settings(seconds, warmup, size, backlog, options, place))) {
            report.head();
            for (Job job : jobs) {
                long from = System.nanoTime();
                System.err.println("… " + job.text());
                job.play(stage, report);
                System.err.printf("  took %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from));
            }
        }
        return 0;
    }
}
