package dev.tidings.sim;

import dev.tidings.sim.actors.Broken;
import dev.tidings.sim.actors.World;
import dev.tidings.sim.node.Mischief;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./tidings-dev sim`.
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description = "Lives through worlds: the whole broker on one thread, each from one seed.")
public final class Sim implements Callable<Integer> {
    @Option(names = "--seeds", description = "How many worlds. Default: ${DEFAULT-VALUE}.", defaultValue = "1000")
    private long seeds;

    @Option(names = "--from", description = "The first seed. Default: ${DEFAULT-VALUE}.", defaultValue = "1")
    private long from;

    @Option(names = "--seed", description = "One world only, this one.")
    private @Nullable Long seed;

    @Option(names = "--trace", description = "Tells what happens.")
    private boolean trace;

    /// Exits with 0 where all is well, with 1 where a promise was broken.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Sim()).execute(arguments));
    }

    @Override
    public Integer call() {
        long first = seed == null ? from : seed;
        long count = seed == null ? seeds : 1;
        Progress progress = new Progress(count, Boolean.getBoolean("tidings.screen"));
        for (long next = first; next < first + count; next++) {
            Consumer<String> reader = trace ? System.out::println : null;
            World world = new World(next, Mischief.NONE, reader);
            try {
                world.live();
            } catch (Broken broken) {
                progress.end();
                tell(next, broken);
                return 1;
            }
            progress.lived(world.steps());
            if (seed != null) {
                System.out.printf(
                        "seed %d: all is well after %d steps; trace %016x%n", next, world.steps(), world.hash());
            }
        }
        progress.end();
        System.out.printf("%d worlds, seeds %d to %d: all is well%n", count, first, first + count - 1);
        return 0;
    }

    private void tell(long failed, Broken broken) {
        System.out.printf("seed %d fails %s%n", failed, broken.getMessage());
        if (trace) {
            broken.printStackTrace(System.out);
        } else {
            System.out.printf("see it again: ./tidings-dev sim --seed %d --trace%n", failed);
        }
    }
}
