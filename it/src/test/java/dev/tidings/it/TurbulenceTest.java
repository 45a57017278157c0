package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Many producers and consumers at the same time, at random, and a broker that is killed in the middle.
class TurbulenceTest {
    private static final long SEED = Long.getLong("tidings.seed", 20260131);
    private static final int PRODUCERS = 3;
    private static final int CONSUMERS = 5;
    /// How often the process is killed: `-Dtidings.kills=1000` for a long run.
    private static final int KILLS = Integer.getInteger("tidings.kills", 20);

    private static final int EVENTS_EACH = 100 + 60 * KILLS;
    private static final int ALL_EVENTS = PRODUCERS * EVENTS_EACH;
    private static final int DRAINS = 60;

    /// Instances that nobody calls any more expire soon.
    private static final String IMPATIENT = """
            server:
              polling: { timeout: 1s, longest: 1s, expiry: 2s }
            """;

    private final Branch shop = new Branch(RunningBroker.with(CatalogText.EMPTY), "Branch0");
    private final Random seeds = new Random(SEED);
    private final Journal journal = new Journal();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void losesNothingInventsNothingAndKeepsTheOrderOfKeysWhateverHappens() throws Exception {
        try (ServerProcess server =
                        ServerProcess.with(Branch.CATALOG).configured(IMPATIENT).start();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Line line = new Line(producer(server), consumer(server));
            List<Future<String>> producing = new ArrayList<>();
            List<Future<String>> consuming = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                producing.add(threads.submit(new RandomProducer(shop, line, journal, "p" + i, random(), EVENTS_EACH)));
            }
            for (int i = 0; i < CONSUMERS; i++) {
                consuming.add(threads.submit(new RandomConsumer(line, journal, random(), enough)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                journal.awaitAcknowledged((int) ((long) ALL_EVENTS * kill / (KILLS + 1)));
                server.kill();
                if (seeds.nextInt(3) == 0) {
                    server.startAndKill(Duration.ofMillis(seeds.nextInt(1_000)));
                }
                server.startAgain();
                line.moved(producer(server), consumer(server));
            }

            finish(producing);
            enough.set(true);
            finish(consuming);
            System.out.printf("turbulence with the seed %d: %s%n", SEED, journal);
            assertThat(drain(consumer(server)))
                    .as("lost, with the seed %d", SEED)
                    .isEmpty();
        }
        assertThat(journal.wrongs()).as("with the seed %d", SEED).isEmpty();
    }

    /// Reads what is left, for as long as it takes vanished instances to expire; returns what does not come.
    private Set<String> drain(Client client) {
        Set<String> owed = journal.owed();
        PolledInstance instance = client.poll("");
        for (int i = 0; i < DRAINS && !owed.isEmpty(); i++) {
            long asked = journal.now();
            Reply reply = instance.poll("events?confirm=true&timeout=1&max=1000");
            if (reply.status() == 200) {
                for (JsonNode event : reply.json()) {
                    journal.delivered(event, asked);
                    owed.remove(event.path("id").asString());
                }
            }
        }
        return owed;
    }

    private Random random() {
        return new Random(seeds.nextLong());
    }

    private Client producer(ServerProcess server) {
        return server.client(shop.name() + "-shop");
    }

    private Client consumer(ServerProcess server) {
        return server.client(shop.name() + "-desk");
    }

    private static void finish(List<Future<String>> tasks) throws Exception {
        for (Future<String> task : tasks) {
            assertThat(task.get(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS))
                    .isNotBlank();
        }
    }
}
