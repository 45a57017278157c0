package dev.tidings.it;

import static dev.tidings.it.Statement.PRODUCE_ALL_OR_NOTHING;
import static dev.tidings.it.Statement.PRODUCE_DURABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of events when the process is killed while it takes them in.
class DurabilityTest {
    private static final int PRODUCERS = 4;
    private static final int BATCH = 5;

    @Test
    @Proves({PRODUCE_DURABLE, PRODUCE_ALL_OR_NOTHING})
    void keepsWhatItAcknowledgedAcrossAKillAndNoHalfBatch() {
        try (ServerProcess server = ServerProcess.with(Shop.CATALOG).start()) {
            Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
            CountDownLatch many = new CountDownLatch(200);
            Client shop = server.client("shop");
            List<CompletableFuture<Void>> producers = IntStream.range(0, PRODUCERS)
                    .mapToObj(i -> produce(shop, "p" + i, 0, batch -> {
                        acknowledged.add(batch);
                        many.countDown();
                    }))
                    .toList();
            Deadline.await(many);

            server.kill();
            producers.forEach(producer -> Deadline.await(producer.exceptionally(_ -> null)));
            server.startAgain();

            server.client("shop").produce(Shop.order("end/0")).accepted(1, 0);
            Map<String, Set<Integer>> stored = batchesUpToTheEnd(server.client("desk"));
            assertThat(stored.keySet()).containsAll(acknowledged);
            assertThat(stored.values()).allSatisfy(parts -> assertThat(parts).hasSize(BATCH));
        }
    }

    /// Sends one batch after the other until one fails.
    private static CompletableFuture<Void> produce(Client shop, String name, int number, Acknowledged acknowledged) {
        String batch = name + "-" + number;
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            events.add(Shop.event(i % 2 == 0 ? Shop.PLACED : Shop.PACKED, batch + "/" + i));
        }
        return shop.sendAsync(Call.batch(events)).thenComposeAsync(reply -> {
            reply.accepted(BATCH, 0);
            acknowledged.batch(batch);
            return produce(shop, name, number + 1, acknowledged);
        });
    }

    private static Map<String, Set<Integer>> batchesUpToTheEnd(Client desk) {
        Map<String, Set<Integer>> batches = new HashMap<>();
        PolledInstance instance = desk.poll("");
        Reply reply = instance.poll("events?timeout=60&max=1000&confirm=true");
        while (reply.status() == 200) {
            for (JsonNode event : reply.json()) {
                String[] id = event.path("id").asString().split("/", -1);
                if (!id[0].equals("end")) {
                    batches.computeIfAbsent(id[0], _ -> new TreeSet<>()).add(Integer.valueOf(id[1]));
                }
            }
            reply = instance.poll("events?timeout=1&max=1000&confirm=true");
        }
        return batches;
    }

    private interface Acknowledged {
        void batch(String name);
    }
}
