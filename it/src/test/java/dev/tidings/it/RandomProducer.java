package dev.tidings.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import tools.jackson.databind.node.ObjectNode;

/// Produces events with keys of its own and without, in batches, and each batch again until it was accepted.
record RandomProducer(Branch shop, Line line, Journal journal, String name, Random random, int events)
        implements Callable<String> {
    @Override
    public String call() throws InterruptedException {
        Map<String, Integer> numbers = new HashMap<>();
        int made = 0;
        while (made < events) {
            List<ObjectNode> batch = new ArrayList<>();
            for (int left = 1 + random.nextInt(8); left > 0; left--) {
                batch.add(event(made++, numbers));
            }
            produce(batch);
        }
        return name + " produced " + made;
    }

    private void produce(List<ObjectNode> batch) throws InterruptedException {
        batch.forEach(journal::sending);
        while (true) {
            Client client = line.producer();
            Reply reply = Line.ask(client, Call.batch(batch));
            if (reply != null) {
                reply.expect(200);
                journal.acknowledged(batch);
                return;
            }
            line.awaitMove(client);
        }
    }

    private ObjectNode event(int count, Map<String, Integer> numbers) {
        int kind = random.nextInt(5);
        String type = kind == 0 ? shop.weighed() : random.nextBoolean() ? shop.placed() : shop.paid();
        ObjectNode event = shop.event(type, name + "-" + count);
        if (kind < 4) {
            String key = name + "-" + kind;
            event.put("partitionkey", key).put("number", numbers.merge(key, 1, Integer::sum) - 1);
        }
        return event;
    }
}
