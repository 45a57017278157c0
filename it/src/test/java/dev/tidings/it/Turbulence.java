package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/// Many producers and consumers at the same time, at random, while something happens to their broker again and again.
public final class Turbulence {
    private static final int PRODUCERS = 3;
    private static final int CONSUMERS = 5;
    private static final int DRAINS = 60;

    private final Branch shop = new Branch(RunningBroker.with(CatalogText.EMPTY), "Branch0");
    private final Journal journal = new Journal();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final long seed;
    private final Random seeds;
    private final int times;

    /// @param times how often something happens
    public Turbulence(long seed, int times) {
        this.seed = seed;
        this.seeds = new Random(seed);
        this.times = times;
    }

    /// What happens; the server runs afterwards.
    public interface Disturbance {
        void strike(ServerProcess server, Random random) throws IOException;
    }

    /// Demands that nothing is lost, nothing is invented, and keys keep their order.
    ///
    /// @param server not started yet
    public void survives(ServerProcess server, Disturbance disturbance) throws Exception {
        int each = 100 + 60 * times;
        try (server;
                ExecutorService threads = Executors.newCachedThreadPool()) {
            server.start();
            Line line = new Line(producer(server), consumer(server));
            List<Future<String>> producing = new ArrayList<>();
            List<Future<String>> consuming = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                producing.add(threads.submit(new RandomProducer(shop, line, journal, "p" + i, random(), each)));
            }
            for (int i = 0; i < CONSUMERS; i++) {
                consuming.add(threads.submit(new RandomConsumer(line, journal, random(), enough)));
            }
            for (int time = 1; time <= times; time++) {
                journal.awaitAcknowledged((int) ((long) PRODUCERS * each * time / (times + 1)));
                disturbance.strike(server, seeds);
                line.moved(producer(server), consumer(server));
            }
            finish(producing);
            enough.set(true);
            finish(consuming);
            System.out.printf("turbulence with the seed %d: %s%n", seed, journal);
            assertThat(drain(consumer(server)))
                    .as("lost, with the seed %d", seed)
                    .isEmpty();
        }
        assertThat(journal.wrongs()).as("with the seed %d", seed).isEmpty();
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
