package dev.tidings.testkit;

import static dev.tidings.testkit.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.testkit.Flow.Step;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@TidingsTest
class FailuresTest {
    private static final String PLACED = "Shop.Web.Order.Placed";

    /// What events carry.
    record Order(int number) {}

    @Test
    void losesAnAnswerAndTheEventIsStoredOnce(TestBroker broker, Bus shop) {
        shop.listen("print", PLACED, Order.class, _ -> {});
        broker.failures().loseAnswers(1);

        assertThat(shop.publish(List.of(order(shop, 1))).join().duplicates()).isEqualTo(1);
        broker.settle();

        assertThat(broker).publishedTimes(1, PLACED);
        assertThat(broker.flow().of(Step.HANDLED, "test-print")).hasSize(1);
    }

    @Test
    void losesAConfirmationAndTheEventComesAgain(TestBroker broker, Bus shop) {
        broker.failures().loseConfirmations(1);
        shop.listen("print", PLACED, Order.class, _ -> {});

        shop.fire(order(shop, 1));

        assertThat(broker).eventually().handled("test-print", PLACED);
        assertThat(broker.flow()
                        .await(
                                entries -> broker.flow()
                                                .of(Step.HANDLED, "test-print")
                                                .size()
                                        == 2,
                                Duration.ofSeconds(30)))
                .isTrue();
    }

    @Test
    void letsTheBrokerBeAwayAndThenEverythingArrive(TestBroker broker, Bus shop) {
        shop.listen("print", PLACED, Order.class, _ -> {});
        broker.failures().away();
        shop.fire(order(shop, 1));
        assertThat(broker).publishedNothing();

        broker.failures().calm();

        broker.settle(Duration.ofSeconds(30));
        assertThat(broker).handled("test-print", PLACED);
    }

    @Test
    void disconnectsAndEverythingArrivesAllTheSame(TestBroker broker, Bus shop) {
        shop.listen("print", PLACED, Order.class, _ -> {});
        shop.fire(order(shop, 1));
        broker.settle();

        broker.failures().disconnect();
        shop.fire(order(shop, 2));

        broker.settle(Duration.ofSeconds(30));
        assertThat(broker.flow().of(Step.HANDLED, "test-print"))
                .extracting(CloudEvent::getSubject)
                .contains("1", "2");
    }

    @Test
    void isSlowAndEverythingArrivesAllTheSame(TestBroker broker, Bus shop) {
        broker.failures().slow(Duration.ofMillis(20));
        shop.listen("print", PLACED, Order.class, _ -> {});

        shop.fire(order(shop, 1));

        assertThat(broker).within(Duration.ofSeconds(30)).handled("test-print", PLACED);
    }

    @Test
    void reordersAcrossKeysAsTheSeedSays(TestBroker broker, Bus shop) {
        shop.listen("print", PLACED, Order.class, _ -> {});
        Set<List<String>> orders = new HashSet<>();
        for (int seed = 0; seed < 6; seed++) {
            List<String> order = reordered(broker, shop, seed);

            assertThat(reordered(broker, shop, seed)).isEqualTo(order);
            orders.add(order);
        }
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void neverReordersWhatHasOneKey(TestBroker broker, Bus shop) {
        shop.listen("print", PLACED, Order.class, _ -> {});
        broker.failures().reorder(2, 1);

        shop.publish(List.of(
                        order(shop, "one", 1), order(shop, "one", 2), order(shop, "one", 3), order(shop, "other", 4)))
                .join();
        broker.settle();

        assertThat(handled(broker).stream().filter(subject -> !subject.equals("4")))
                .containsExactly("1", "2", "3");
    }

    private static List<String> reordered(TestBroker broker, Bus shop, int seed) {
        broker.flow().clear();
        broker.failures().reorder(3, seed);
        shop.publish(List.of(order(shop, 1), order(shop, 2), order(shop, 3))).join();
        broker.settle();
        List<String> order = handled(broker);
        assertThat(order).containsExactlyInAnyOrder("1", "2", "3");
        return order;
    }

    private static List<String> handled(TestBroker broker) {
        return broker.flow().of(Step.HANDLED, "test-print").stream()
                .map(CloudEvent::getSubject)
                .toList();
    }

    private static CloudEvent order(Bus bus, int number) {
        return order(bus, "k" + number, number);
    }

    private static CloudEvent order(Bus bus, String key, int number) {
        return bus.event(PLACED)
                .key(key)
                .subject("" + number)
                .data(new Order(number))
                .build();
    }
}
