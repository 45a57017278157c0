package dev.tidings.it;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One shop of a chain, with types, streams and clients of its own: what a test does in its branch, no other test
/// sees, although all share a broker.
public record Branch(RunningBroker broker, String name) {
    private static final int BRANCHES = 40;
    private static final String PLACED = ".Web.Order.Placed";
    private static final String PAID = ".Web.Order.Paid";
    private static final String REPEATED = ".Web.Order.Repeated";
    private static final String WEIGHED = ".Store.Order.Weighed";
    private static final String TYPES = "[*" + String.join(", *", PLACED, PAID, REPEATED, WEIGHED) + "]";
    private static final AtomicInteger TAKEN = new AtomicInteger();

    /// Each branch has a producer and a consumer of all its types; `admin` administers.
    public static final CatalogText CATALOG = catalog();

    /// A branch that nobody has used yet.
    static Branch of(RunningBroker broker) {
        return new Branch(broker, name(TAKEN.getAndIncrement() % BRANCHES));
    }

    String placed() {
        return name + PLACED;
    }

    /// In the same stream as [#placed].
    String paid() {
        return name + PAID;
    }

    /// The same event is stored each time it comes.
    String repeated() {
        return name + REPEATED;
    }

    /// In another stream, with a schema: `{"grams": 1}`.
    String weighed() {
        return name + WEIGHED;
    }

    /// An order without a key.
    ObjectNode order(String id) {
        return event(placed(), id);
    }

    ObjectNode order(String id, String key) {
        return order(id).put("partitionkey", key);
    }

    ObjectNode event(String type, String id) {
        ObjectNode event = Json.object().put("specversion", "1.0").put("id", id);
        event.put("source", "/" + name).put("type", type).putObject("data").put("grams", 1);
        return event;
    }

    /// Has orders without a key accepted, in one batch.
    void produce(String... ids) {
        produce(Arrays.stream(ids).map(this::order).toArray(ObjectNode[]::new));
    }

    /// Has events accepted, in one batch.
    void produce(JsonNode... events) {
        producer().send(Call.batch(List.of(events))).accepted(events.length, 0);
    }

    /// Has a test event for the consumer accepted.
    void test(String id) {
        Call call = Call.post("/ce/tools/consumer/test")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/" + name)
                .header("ce-type", placed())
                .type("application/json")
                .body("{}");
        consumer().send(call).expect(200);
    }

    Client producer() {
        return broker.client(name + "-shop");
    }

    Client consumer() {
        return broker.client(name + "-desk");
    }

    /// Opens an instance.
    Consumer open(Way way, String query) {
        return way.open(consumer(), query);
    }

    PolledInstance poll(String query) {
        return consumer().poll(query);
    }

    Subscription subscribe(String query) {
        return consumer().subscribe(query);
    }

    /// What the metrics say of the consumer's default group: 1 where it is blocked, else 0.
    double blocked() {
        return broker.client("admin").metric("tidings_group_blocked{client=\"" + name + "-desk\",group=\"~default\"}");
    }

    /// How many events nobody has settled, as the metrics say, in a lane of the consumer's.
    double unsettled(String lane) {
        return broker.client("admin")
                .metric("tidings_lane_unsettled_events{client=\"" + name + "-desk\",lane=\"" + lane + "\"}");
    }

    /// What an administrator sees of the consumer's dead events, each whole, oldest first.
    List<JsonNode> dead() {
        Client admin = broker.client("admin");
        JsonNode page =
                admin.get("/admin/dead?client=" + name + "-desk").expect(200).json();
        return page.path("events")
                .valueStream()
                .map(event -> admin.get("/admin/dead/" + event.path("id").asString())
                        .expect(200)
                        .json())
                .toList();
    }

    private static String name(int number) {
        return "Branch" + number;
    }

    private static CatalogText catalog() {
        CatalogText catalog = CatalogText.EMPTY.client("admin", "admin: true");
        for (int i = 0; i < BRANCHES; i++) {
            catalog = with(catalog, name(i));
        }
        return catalog;
    }

    private static CatalogText with(CatalogText catalog, String name) {
        String types = TYPES.replace("*", name);
        return catalog.type(name + PLACED)
                .type(name + PAID)
                .type(name + REPEATED, "{ deduplication: 0s }")
                .type(name + WEIGHED, "{ schema: { type: object, required: [grams] } }")
                .client(name + "-shop", "produces: { sources: [/" + name + "], types: " + types + " }")
                .client(name + "-desk", "consumes: { types: " + types + " }");
    }
}
