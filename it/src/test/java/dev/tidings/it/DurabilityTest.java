package dev.tidings.it;

import static dev.tidings.it.Statement.PRODUCE_ALL_OR_NOTHING;
import static dev.tidings.it.Statement.PRODUCE_DURABLE;
import static dev.tidings.it.Statement.PRODUCE_RETRY_SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of events when the process is killed while it takes them in.
class DurabilityTest {
    private static final int PRODUCERS = 4;
    private static final int BATCH = 5;

    @Test
    @Proves({PRODUCE_DURABLE, PRODUCE_ALL_OR_NOTHING, PRODUCE_RETRY_SAFE})
    void keepsWhatItAcknowledgedAcrossAKillAndNoHalfBatch() {
        try (ServerProcess server = ServerProcess.with(Shop.CATALOG).start()) {
            Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
            CountDownLatch many = new CountDownLatch(200);
            Client shop = server.client("shop");
            List<CompletableFuture<String>> producers = IntStream.range(0, PRODUCERS)
                    .mapToObj(i -> produce(shop, "p" + i + "-", 0, batch -> {
                        acknowledged.add(batch);
                        many.countDown();
                    }))
                    .toList();
            Deadline.await(many);

            server.kill();
            List<String> unanswered = producers.stream().map(Deadline::await).toList();
            server.startAgain();

            for (String batch : unanswered) {
                Reply reply =
                        server.client("shop").send(Call.batch(events(batch))).expect(200);
                assertThat(reply.json().path("duplicates").asInt()).isIn(0, BATCH);
            }
            Map<String, List<Integer>> stored = stored(server.client("desk"));
            assertThat(stored.keySet()).containsAll(acknowledged).containsAll(unanswered);
            assertThat(stored).hasSize(acknowledged.size() + unanswered.size());
            assertThat(stored.values()).allSatisfy(parts -> assertThat(parts).containsExactlyInAnyOrder(0, 1, 2, 3, 4));
        }
    }

    /// Sends one batch after the other; the one that was not answered.
    private static CompletableFuture<String> produce(
            Client shop, String name, int number, Consumer<String> acknowledged) {
        String batch = name + number;
        return shop.sendAsync(Call.batch(events(batch)))
                .handle((reply, failure) -> failure == null ? reply : null)
                .thenComposeAsync(reply -> {
                    if (reply == null) {
                        return CompletableFuture.completedFuture(batch);
                    }
                    reply.accepted(BATCH, 0);
                    acknowledged.accept(batch);
                    return produce(shop, name, number + 1, acknowledged);
                });
    }

    private static List<ObjectNode> events(String batch) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> Shop.event(i % 2 == 0 ? Shop.PLACED : Shop.PACKED, batch + "/" + i))
                .toList();
    }

    /// The batches, and which of its events there are of each.
    private static Map<String, List<Integer>> stored(Client desk) {
        Map<String, List<Integer>> batches = new HashMap<>();
        PolledInstance instance = desk.poll("");
        Reply reply = instance.poll("events?timeout=60&max=1000");
        while (reply.status() == 200) {
            for (JsonNode event : reply.json()) {
                String[] id = event.path("id").asString().split("/", -1);
                batches.computeIfAbsent(id[0], _ -> new ArrayList<>()).add(Integer.valueOf(id[1]));
            }
            reply = instance.poll("events?timeout=1&max=1000&confirm=true");
        }
        return batches;
    }
}
