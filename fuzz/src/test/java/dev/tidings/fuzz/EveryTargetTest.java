package dev.tidings.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A few seconds of fuzzing of every target, from the kept inputs on. `./tidings-dev fuzz` goes on for longer.
class EveryTargetTest {
    private static final Duration EACH = Duration.ofSeconds(Integer.getInteger("tidings.fuzz.seconds", 2));
    private static final int AT_ONCE = 2;
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @Test
    void holdsAgainstInputsThatNobodyHasTriedYet() throws IOException, InterruptedException, ExecutionException {
        List<Target> targets = Target.in(TARGET.resolve("test-classes"));
        List<Future<Run.Outcome>> outcomes = new ArrayList<>();
        try (ExecutorService runs = Executors.newFixedThreadPool(AT_ONCE)) {
            targets.forEach(target -> outcomes.add(runs.submit(() -> run(target))));
        }

        for (int i = 0; i < targets.size(); i++) {
            Run.Outcome outcome = outcomes.get(i).get();
            assertThat(outcome.sound())
                    .as("%s, broken by %s:%n%s", targets.get(i), outcome.input(), outcome.output())
                    .isTrue();
            assertThat(outcome.executions()).as(targets.get(i).name()).isPositive();
        }
    }

    private static Run.Outcome run(Target target) throws IOException, InterruptedException {
        Path seeds = Path.of("src/test/resources").toAbsolutePath();
        return new Run(target, new Run.Place(TARGET.resolve("short-corpus"), seeds, TARGET.resolve("findings")))
                .fuzz(EACH);
    }
}
