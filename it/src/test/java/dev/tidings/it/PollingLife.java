package dev.tidings.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The life of an instance that is polled at random.
final class PollingLife {
    private final Client client;
    private final Journal journal;
    private final Random random;
    private final List<JsonNode> open = new ArrayList<>();

    PollingLife(Client client, Journal journal, Random random) {
        this.client = client;
        this.journal = journal;
        this.random = random;
    }

    /// False where the broker went away.
    boolean live(int rounds) {
        Reply created = Line.ask(client, Call.post("/ce/consumers?inflight=" + (1 + random.nextInt(60))));
        if (created == null) {
            return false;
        }
        String address = created.expect(201).header("Location");
        for (int round = 0; round < rounds; round++) {
            if (!read(address) || !settle(address)) {
                return false;
            }
        }
        return random.nextInt(3) == 0 || Line.ask(client, Call.of("DELETE", address)) != null;
    }

    private boolean read(String address) {
        long asked = journal.now();
        Reply reply = Line.ask(client, Call.get(address + "/events?timeout=0&max=" + (1 + random.nextInt(20))));
        if (reply != null && reply.status() == 200) {
            for (JsonNode event : reply.json()) {
                journal.delivered(event, asked);
                open.add(event);
            }
        }
        return reply != null;
    }

    private boolean settle(String address) {
        int choice = random.nextInt(5);
        if (open.isEmpty() || choice == 0) {
            return true;
        }
        int index = random.nextInt(open.size());
        JsonNode event = open.get(index);
        if (choice == 1) {
            Call report = Call.post(address + "/dead").type(Call.EVENT).body(event.toString());
            return settle(report, 202, open.subList(index, index + 1));
        }
        Call confirm =
                Call.post(address + "/confirm?offset=" + event.path("offset").asString());
        return settle(confirm, 204, open.subList(0, index + 1));
    }

    private boolean settle(Call call, int expected, List<JsonNode> events) {
        journal.settling(Json.ids(events));
        @Nullable Reply reply = Line.ask(client, call);
        if (reply == null) {
            return false;
        }
        reply.expect(expected);
        journal.settled(Json.ids(events));
        events.clear();
        return true;
    }
}
