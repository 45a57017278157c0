package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What becomes of subscriptions when the process is killed while they are created and deleted.
class SubscriptionKillTest {
    private static final int WRITERS = 4;
    private static final String PATH = "/ce/subscriptions";
    private static final CatalogText CATALOG = Shop.TYPES_ONLY.client(
            "desk", "consumes: { types: [" + Shop.PLACED + "] }", "quotas: { subscriptions: 1000 }");

    private final Queue<String> created = new ConcurrentLinkedQueue<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> deleted = new ConcurrentLinkedQueue<>();

    @Test
    void areThereWholeWhenTheyWereAcknowledgedAndGoneWholeWhenTheirDeletionWas() {
        try (ServerProcess server = ServerProcess.with(CATALOG)
                .configured("callbacks: { name-servers: ['127.0.0.1:1'] }\n")
                .start()) {
            CountDownLatch many = new CountDownLatch(60);
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(_ -> write(server.client("desk"), 0, many))
                    .toList();
            Deadline.await(many);

            server.kill();
            writers.forEach(Deadline::await);
            server.startAgain();

            Client desk = server.client("desk");
            Set<String> there = new TreeSet<>();
            desk.get(PATH + "?limit=1000")
                    .expect(200)
                    .json()
                    .forEach(one -> there.add(one.path("id").asString()));
            assertThat(there).doesNotContainAnyElementsOf(deleted);
            Set<String> kept = new TreeSet<>(created);
            kept.removeAll(asked);
            assertThat(there).containsAll(kept);
            there.forEach(id -> desk.get(PATH + "/" + id + "/status").expect(200));
            assertThat(groups(desk)).isEqualTo(there);
        }
    }

    /// Creates one after the other, and deletes every second, until nobody answers.
    private CompletableFuture<Void> write(Client desk, int number, CountDownLatch many) {
        Call create = Call.post(PATH).body("{\"sink\": \"https://hooks.example.org/\", \"protocol\": \"HTTP\"}");
        return desk.sendAsync(create)
                .thenComposeAsync(reply -> {
                    String id = reply.expect(201).json().path("id").asString();
                    created.add(id);
                    many.countDown();
                    return number % 2 == 0 ? CompletableFuture.completedFuture(reply) : delete(desk, id);
                })
                .handle((_, failure) -> failure == null)
                .thenComposeAsync(
                        answered -> answered ? write(desk, number + 1, many) : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Reply> delete(Client desk, String id) {
        asked.add(id);
        return desk.sendAsync(Call.of("DELETE", PATH + "/" + id)).thenApply(reply -> {
            deleted.add(id);
            return reply.expect(200);
        });
    }

    /// The ids of the subscriptions whose groups there are.
    private static Set<String> groups(Client desk) {
        Set<String> groups = new TreeSet<>();
        Stream.of(desk.get("/metrics").expect(200).text().split("\n", -1))
                .filter(line -> line.startsWith("tidings_group_lag_events{"))
                .forEach(line -> groups.add(line.replaceAll(".*group=\"~sub\\.([0-9a-f]+)\".*", "$1")));
        return groups;
    }
}
