package dev.tidings.it;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/// The life of an instance over WebSocket. What is settled there gets no answer, so it may come again.
final class ListeningLife {
    private final Client client;
    private final Journal journal;
    private final Random random;
    private final Subscription subscription = new Subscription();
    private final List<JsonNode> received = new ArrayList<>();

    ListeningLife(Client client, Journal journal, Random random) {
        this.client = client;
        this.journal = journal;
        this.random = random;
    }

    /// False where the broker went away.
    boolean live(int events) {
        long opened = journal.now();
        if (!connect()) {
            return false;
        }
        while (received.size() < events) {
            switch (subscription.poll()) {
                case null -> {
                    return end();
                }
                case Subscription.Message.Text(String text) -> {
                    JsonNode event = Json.parse(text);
                    journal.delivered(event, opened);
                    received.add(event);
                    if (!subscription.trySend(answer(event))) {
                        return false;
                    }
                }
                case Subscription.Message.Closed _, Subscription.Message.Failed _ -> {
                    return false;
                }
            }
        }
        return end();
    }

    private boolean connect() {
        URI address = URI.create(client.socketAddress("inflight=" + (1 + random.nextInt(60))));
        return client.socket()
                .subprotocols("cloudevents.json")
                .buildAsync(address, subscription.listener())
                .handle((socket, failure) -> {
                    if (failure == null) {
                        subscription.over(socket);
                    }
                    return failure == null;
                })
                .join();
    }

    private String answer(JsonNode event) {
        if (random.nextInt(10) == 0) {
            journal.settling(Json.ids(List.of(event)));
            return "dead:" + event;
        }
        int offset = Math.max(1, received.size() - random.nextInt(5));
        journal.settling(Json.ids(received.subList(0, offset)));
        return "confirm:" + offset;
    }

    private boolean end() {
        if (random.nextBoolean()) {
            subscription.cut();
        } else {
            var _ = subscription.socket().sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
        return true;
    }
}
