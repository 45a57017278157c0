package dev.tidings.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./tidings-dev fuzz`.
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = "Feeds every parser with bytes that somebody might send, or a disk might hold.")
public final class Fuzz implements Callable<Integer> {
    private static final int SOFTWARE_FAULT = 1;
    private static final int USAGE = 2;

    @Option(names = "--hours", description = "How many hours, shared by the targets.")
    private double hours;

    @Option(names = "--minutes", description = "How many minutes, shared by the targets. Default: 1 for each.")
    private double minutes;

    @Option(
            names = "--corpus",
            description = "Where the inputs that reach something new are kept. Default: ${DEFAULT-VALUE}.",
            defaultValue = "fuzz/target/corpus")
    private Path corpus = Path.of("");

    @Option(names = "--list", description = "Tells the targets.")
    private boolean list;

    @Parameters(arity = "0..1", paramLabel = "TARGET", description = "Only targets whose name contains this.")
    private @Nullable String wanted;

    /// Exits with 0 where all is well, with 1 where a promise was broken.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Fuzz()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String part = wanted == null ? "" : wanted;
        List<Target> targets = Target.in(Path.of("fuzz/target/test-classes")).stream()
                .filter(target -> target.name().contains(part))
                .toList();
        if (targets.isEmpty()) {
            System.err.println("no target's name contains '" + part + "'; --list tells the targets");
            return USAGE;
        }
        if (list) {
            targets.forEach(System.out::println);
            return 0;
        }
        return fuzz(targets);
    }

    private int fuzz(List<Target> targets) throws IOException, InterruptedException {
        double all = hours * 60 + minutes;
        Duration each = Duration.ofSeconds(Math.max(1, Math.round((all > 0 ? all / targets.size() : 1) * 60)));
        Run.Place place = new Run.Place(
                corpus.toAbsolutePath(),
                Path.of("fuzz/src/test/resources").toAbsolutePath(),
                Path.of("fuzz/target/findings").toAbsolutePath());
        System.out.printf("%d targets, %d s each; the corpus grows in %s%n", targets.size(), each.toSeconds(), corpus);
        long total = 0;
        int broken = 0;
        for (Target target : targets) {
            Run.Outcome outcome = new Run(target, place).fuzz(each);
            total += outcome.executions();
            broken += outcome.sound() ? 0 : 1;
            tell(target, outcome, place);
        }
        System.out.printf("%,d executions, %d of %d targets broken%n", total, broken, targets.size());
        return broken == 0 ? 0 : SOFTWARE_FAULT;
    }

    private static void tell(Target target, Run.Outcome outcome, Run.Place place) {
        System.out.printf("%-70s %,14d executions%n", target.name(), outcome.executions());
        if (!outcome.sound()) {
            System.out.printf(
                    "  BROKEN by %s%n  what it said: %s%n",
                    outcome.input().map(Path::toString).orElse("no input: Jazzer itself failed"),
                    place.findings().resolve(target.name()).resolve("output.txt"));
        }
    }
}
