package dev.tidings.it;

import static dev.tidings.it.Statement.BEYOND_DELIVERY_CHANGES;
import static dev.tidings.it.Statement.BEYOND_DELIVERY_CONCURRENCY;
import static dev.tidings.it.Statement.BEYOND_DELIVERY_RATE;
import static dev.tidings.it.Statement.BEYOND_DELIVERY_TOLD;
import static dev.tidings.it.Statement.BEYOND_MAX_RATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Types that the catalog does not let be delivered as fast as they can.
class ThrottledTypesTest {
    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(limited("{ delivery-concurrency: 3 }"));

    @Test
    @Proves(BEYOND_DELIVERY_CONCURRENCY)
    void haveNoMoreDeliveriesUnconfirmedThanTheCatalogSaysOfAllGroupsTogether() {
        PolledInstance desk = broker.client("desk").poll("");
        PolledInstance store = broker.client("store").poll("");
        placed(10);

        int held = desk.poll("events?timeout=5").expect(200).json().size();
        JsonNode others = store.poll("events?timeout=5").expect(200).json();

        assertThat(held + others.size()).isEqualTo(3);
        desk.hasNothing();
        store.hasNothing();

        store.confirm();
        assertThat(store.events(1)).hasSize(1);
    }

    @Test
    @Proves(BEYOND_DELIVERY_CONCURRENCY)
    void deliverAllInOrderToOneThatConfirmsAcrossARestart() {
        placed(20);
        PolledInstance before = broker.client("desk").poll("");
        assertThat(Json.ids(before.events(3))).containsExactly("0", "1", "2");
        before.confirm(2);

        broker.restart();

        PolledInstance after = broker.client("desk").poll("");
        for (int next = 2; next < 20; next++) {
            assertThat(after.event().path("id").asString()).isEqualTo(Integer.toString(next));
            after.confirm();
        }
        after.hasNothing();
    }

    @Test
    @Proves(BEYOND_DELIVERY_CONCURRENCY)
    void holdUpNoOtherTypes() {
        PolledInstance desk = broker.client("desk").poll("");
        placed(10);
        broker.client("shop").produce(Shop.event(Shop.PAID, "paid")).accepted(1, 0);

        assertThat(Json.ids(desk.events(4))).containsExactly("0", "1", "2", "paid");
    }

    @Test
    @Proves(BEYOND_DELIVERY_RATE)
    void comeAtTheRateOfTheCatalog() {
        broker.catalog(limited("{ delivery-rate: 1 }"));
        placed(10);
        PolledInstance desk = broker.client("desk").poll("");

        JsonNode first = desk.poll("events?timeout=30&max=10").expect(200).json();

        assertThat(first).hasSize(1);
        assertThat(desk.events(1)).hasSize(1);
    }

    @Test
    @Proves(BEYOND_DELIVERY_CHANGES)
    void takeRaisedLoweredAndRemovedLimitsAtOnce() {
        PolledInstance desk = broker.client("desk").poll("");
        placed(30);
        assertThat(desk.events(3)).hasSize(3);
        desk.hasNothing();

        broker.catalog(limited("{ delivery-concurrency: 5 }"));
        assertThat(desk.events(2)).hasSize(2);
        desk.hasNothing();

        broker.catalog(limited("{ delivery-concurrency: 1 }"));
        desk.confirm(4);
        desk.hasNothing();

        broker.catalog(Shop.CATALOG);
        assertThat(desk.events(25)).hasSize(25);
    }

    @Test
    @Proves(BEYOND_DELIVERY_TOLD)
    void areToldToWhomTheyHoldBackAndToOperators() {
        PolledInstance desk = broker.client("desk").poll("");
        placed(10);
        desk.events(3);
        desk.hasNothing();

        JsonNode settings =
                broker.client("desk").get("/ce/tools/my-settings").expect(200).json();
        String metrics = broker.client("admin").get("/metrics").expect(200).text();

        assertThat(settings.path("consumes").path("types").valueStream())
                .anySatisfy(type ->
                        assertThat(type.path("deliveryConcurrency").asInt()).isEqualTo(3));
        assertThat(metrics)
                .contains("tidings_type_throttled_unconfirmed{type=\"" + Shop.PLACED + "\"} 3.0")
                .contains("tidings_type_throttled_unconfirmed_limit{type=\"" + Shop.PLACED + "\"} 3.0");
    }

    @Test
    @Proves(BEYOND_DELIVERY_TOLD)
    void sayInWordsWhatAWebSocketWaitsFor() {
        try (Consumer desk = Way.WEBSOCKET.open(broker.client("desk"), "")) {
            placed(10);
            IntStream.range(0, 3).forEach(_ -> desk.event());

            JsonNode throttled = broker.client("desk")
                    .get("/ce/tools/my-settings")
                    .json()
                    .path("throttled")
                    .path(0);

            assertThat(throttled.path("group").asString()).isEqualTo("~default");
            assertThat(throttled.path("waiting").asInt()).isEqualTo(7);
            assertThat(throttled.path("detail").asString())
                    .isEqualTo("throttled by type " + Shop.PLACED + ": 3 of 3 unconfirmed, 7 waiting");
        }
    }

    @Test
    @Proves(BEYOND_MAX_RATE)
    void areNoConditionForAnInstanceToAskForLess() {
        broker.catalog(Shop.CATALOG);
        placed(20);
        PolledInstance slow = broker.client("desk").poll("maxRate=20");
        PolledInstance quick = broker.client("store").poll("");

        assertThat(slow.poll("events?timeout=5&max=20").expect(200).json()).hasSize(2);
        assertThat(quick.events(20)).hasSize(20);
        assertThat(slow.events(3)).hasSize(3);
    }

    private void placed(int count) {
        broker.client("shop")
                .produce(IntStream.range(0, count)
                        .mapToObj(i -> Shop.order(Integer.toString(i)))
                        .toArray(ObjectNode[]::new))
                .accepted(count, 0);
    }

    private static CatalogText limited(String limits) {
        return new CatalogText(
                Shop.CATALOG.types().stream()
                        .map(type -> type.contains(Shop.PLACED) ? "  " + Shop.PLACED + ": " + limits + "\n" : type)
                        .toList(),
                Shop.CATALOG.clients());
    }
}
