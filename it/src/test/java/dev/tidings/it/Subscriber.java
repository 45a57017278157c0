package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whoever subscribes at a broker that believes everybody, and produces what is to be delivered.
record Subscriber(RunningBroker broker) {
    private static final String PATH = "/ce/subscriptions";

    /// A subscription that is tried again soon where it fails.
    static ObjectNode to(String sink) {
        ObjectNode subscription = Json.object().put("sink", sink).put("protocol", "HTTP");
        subscription
                .putObject("config")
                .putObject("retries")
                .put("first", "500ms")
                .put("longest", "1s");
        return subscription;
    }

    static ObjectNode settings(ObjectNode subscription) {
        return subscription.withObjectProperty("protocolsettings");
    }

    static ObjectNode config(ObjectNode subscription) {
        return subscription.withObjectProperty("config");
    }

    Client client() {
        return broker.clientWith(null);
    }

    /// Creates it; its path.
    String subscribe(ObjectNode subscription) {
        return PATH + "/" + create(subscription).path("id").asString();
    }

    JsonNode create(ObjectNode subscription) {
        return client().send(Call.post(PATH).body(subscription.toString()))
                .expect(201)
                .json();
    }

    void replace(String path, ObjectNode subscription) {
        client().send(Call.of("PUT", path).body(subscription.toString())).expect(200);
    }

    /// Produces events of one key, which are delivered in this order.
    void produce(String... ids) {
        for (String id : ids) {
            client().produce(Shop.order(id).put("partitionkey", "k")).expect(200);
        }
    }

    /// Produces an event without a key, which waits for no other.
    void produceAlone(String id) {
        client().produce(Shop.order(id)).expect(200);
    }

    JsonNode status(String path) {
        return client().get(path + "/status").expect(200).json();
    }

    /// How it is once that holds.
    JsonNode await(String path, Predicate<JsonNode> holds) {
        long deadline = System.nanoTime() + Deadline.GENEROUS.toNanos();
        JsonNode status = status(path);
        while (!holds.test(status)) {
            assertThat(System.nanoTime()).as("it did not become so: " + status).isLessThan(deadline);
            status = status(path);
        }
        return status;
    }

    /// What went wrong last, once something has.
    String failure(String path) {
        return await(path, status -> status.has("lastFailure"))
                .path("lastFailure")
                .path("reason")
                .asString();
    }
}
