package dev.tidings.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A little fuzzing of all targets, from the kept inputs on. `./tidings-dev fuzz` goes on for longer.
class EveryTargetTest {
    private static final Duration LENGTH = Duration.ofMinutes(2);
    private static final Path SEEDS = Path.of("src/test/resources").toAbsolutePath();
    private static final Path FINDINGS = Path.of("target/findings").toAbsolutePath();
    private static final Target EVERY = new Target(EveryTarget.class.getName(), "holds");

    @Test
    void holdsAgainstInputsThatNobodyHasTriedYet(@TempDir Path corpus) throws IOException, InterruptedException {
        plant(corpus.resolve(EVERY.name()));

        Run.Outcome outcome = new Run(EVERY, new Run.Place(corpus, SEEDS, FINDINGS)).fuzz(LENGTH);

        String finding = outcome.input().map(EveryTargetTest::kept).orElse("no input");
        assertThat(outcome.sound())
                .as("broken by %s:%n%s", finding, outcome.output())
                .isTrue();
        assertThat(outcome.executions()).isGreaterThan(EveryTarget.TARGETS.size());
    }

    @Test
    void hasKeptInputsForEachTarget() {
        assertThat(EveryTarget.TARGETS)
                .hasSizeGreaterThan(20)
                .allSatisfy(target -> assertThat(SEEDS.resolve(target.seeds())).isNotEmptyDirectory());
    }

    /// Puts the kept inputs of all targets where each says which target it is for.
    private static void plant(Path corpus) throws IOException {
        Files.createDirectories(corpus);
        List<Target> targets = EveryTarget.TARGETS;
        for (int i = 0; i < targets.size(); i++) {
            try (Stream<Path> seeds = Files.list(SEEDS.resolve(targets.get(i).seeds()))) {
                for (Path seed : seeds.toList()) {
                    byte[] rest = Files.readAllBytes(seed);
                    byte[] input = new byte[rest.length + 1];
                    input[0] = (byte) i;
                    System.arraycopy(rest, 0, input, 1, rest.length);
                    Files.write(corpus.resolve(i + "-" + seed.getFileName()), input);
                }
            }
        }
    }

    /// Writes the input as its target takes it, and tells where.
    private static String kept(Path input) {
        try {
            byte[] bytes = Files.readAllBytes(input);
            Path directory = FINDINGS.resolve(EveryTarget.of(bytes).name());
            Files.createDirectories(directory);
            return Files.write(directory.resolve(input.getFileName()), EveryTarget.rest(bytes))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
