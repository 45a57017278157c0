package dev.tidings.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tidings.sim.actors.World;
import dev.tidings.sim.node.Mischief;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final int WORLDS = 1_000;

    @Test
    void keepsItsPromisesInAThousandWorlds() {
        for (long seed = 1; seed <= WORLDS; seed++) {
            World world = new World(seed, Mischief.NONE, null);

            assertThatCode(world::live)
                    .as("see it again: ./tidings-dev sim --seed %d --trace", seed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(hash(42)).isEqualTo(hash(42)).isNotEqualTo(hash(43));
    }

    @Test
    void isTheSameInEveryProcess() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sim.class.getName(), "--seed", "42"));

        Process process = new ProcessBuilder(command).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(told).contains("trace %016x".formatted(hash(42)));
    }

    private static long hash(long seed) {
        World world = new World(seed, Mischief.NONE, null);
        world.live();
        return world.hash();
    }
}
