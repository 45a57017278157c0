package dev.tidings.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.it.Branch;
import dev.tidings.it.ServerProcess;
import dev.tidings.it.Turbulence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A broker amid turbulence whose power fails at one change of its disk or another, and again while it starts or stops.
/// What it had not synced by then is left, lost or torn.
class PowerCutTest {
    private static final long SEED = Long.getLong("tidings.seed", 20260131);
    /// How often the power fails amid load: `-Dtidings.cuts=1000` for a long run.
    private static final int CUTS = Integer.getInteger("tidings.cuts", 5);

    private static final int SIGKILL = 128 + 9;
    private static final int SIGTERM = 128 + 15;
    /// Fewer than the load makes in any case before it has ended.
    private static final int AMID_LOAD = 40;
    /// A start makes about so many changes.
    private static final int WHILE_STARTING = 20;

    private final List<String> history = new ArrayList<>();

    @Test
    void losesNothingInventsNothingAndKeepsTheOrderOfKeysHoweverOftenThePowerFails() throws Exception {
        ServerProcess server = ServerProcess.with(Branch.CATALOG).configuredOnlyBy(Restless.CONFIGURATION);
        try (RecordingDisk disk = RecordingDisk.under(server.data())) {
            server.inEnvironment(disk.next());
            new Turbulence(SEED, CUTS).survives(server, (_, random) -> cutPower(server, disk, random));
        } finally {
            System.out.printf("power cuts with the seed %d: %s%n", SEED, String.join("; ", history));
        }
    }

    private void cutPower(ServerProcess server, RecordingDisk disk, Random random) throws IOException {
        disk.killWithin(1 + random.nextInt(AMID_LOAD));
        assertThat(server.exitCode()).isEqualTo(SIGKILL);
        history.add(disk.cutPower(random));
        for (int again = random.nextInt(3); again > 0; again--) {
            server.inEnvironment(disk.next());
            disk.killWithin(1 + random.nextInt(WHILE_STARTING));
            if (server.startAgainUnlessKilled()) {
                server.terminate();
            }
            assertThat(server.exitCode()).as(server.log()).isIn(SIGKILL, 0, SIGTERM);
            history.add("starting: " + disk.cutPower(random));
        }
        server.inEnvironment(disk.next()).startAgain();
    }
}
