package dev.tidings.it;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the real process does when it is killed and halted in the middle of everything: `-Dtidings.kills=1000` for a
/// long run.
class TurbulenceTest {
    private static final long SEED = Long.getLong("tidings.seed", 20260131);
    private static final int KILLS = Integer.getInteger("tidings.kills", 20);
    private static final int PAUSES = 3;

    /// Instances that nobody calls any more expire soon.
    private static final String IMPATIENT = """
            server:
              polling: { timeout: 1s, longest: 1s, expiry: 2s }
              http: { deadlines: { head: 2s, body: 2s, answer: 2s, idle: 2s, linger: 1s } }
              web-socket: { timing: { ping: 1s, silence: 2s } }
            """;

    private static final Duration LONGER_THAN_EVERY_TIMEOUT = Duration.ofSeconds(4);

    /// Checkpoints all the time, many small segments.
    private static final String RESTLESS = """
              stage: { tail-memory: 512KiB, segment-size: 64KiB, carried: 8KiB }
            """;

    @Test
    void survivesBeingKilled() throws Exception {
        new Turbulence(SEED, KILLS)
                .survives(ServerProcess.with(Branch.CATALOG).configured(IMPATIENT), (server, random) -> {
                    server.kill();
                    if (random.nextInt(3) == 0) {
                        server.startAndKill(Duration.ofMillis(random.nextInt(1_000)));
                    }
                    server.startAgain();
                });
    }

    @Test
    void survivesBeingKilledWhileItMakesCheckpointsAndRecovers() throws Exception {
        ServerProcess restless = ServerProcess.with(Branch.CATALOG).configured(RESTLESS + IMPATIENT);
        new Turbulence(SEED + 1, KILLS / 2).survives(restless, (server, random) -> {
            server.kill();
            for (int i = random.nextInt(3); i > 0; i--) {
                server.startAndKill(Duration.ofMillis(500 + random.nextInt(1_000)));
            }
            server.startAgain();
        });
    }

    @Test
    void survivesBeingHaltedForLongerThanEveryTimeout() throws Exception {
        new Turbulence(SEED + 2, PAUSES)
                .survives(ServerProcess.with(Branch.CATALOG).configured(IMPATIENT), (server, _) -> {
                    server.halt(LONGER_THAN_EVERY_TIMEOUT);
                });
    }
}
