package dev.tidings.testkit;

import static dev.tidings.testkit.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Delivery;
import dev.tidings.client.Tidings;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordedBusTest {
    private static final String PLACED = "Shop.Web.Order.Placed";
    private static final String PAID = "Shop.Web.Order.Paid";

    private RecordedBus bus = recorded(Delivery.synchronous());

    /// What events carry.
    record Order(int number) {}

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void recordsWhatIsFiredAndHandledInsideOneProcess() {
        bus.listen("pay", PLACED, Order.class, order -> fire(bus, PAID, order.number));

        fire(bus, PLACED, 1);

        assertThat(bus)
                .publishedInOrder(PLACED, PAID)
                .published(PAID, Order.class, order -> order.number == 1)
                .handled("pay", PLACED);
    }

    @Test
    void recordsWhatAHandlerThrows() {
        bus.listen("pay", PLACED, Order.class, _ -> {
            throw new IllegalStateException("no money");
        });

        assertThatThrownBy(() -> fire(bus, PLACED, 1)).hasMessage("no money");

        assertThat(bus).failed("pay", PLACED).publishedNothing(PAID);
    }

    @Test
    void settlesWhereHandlersAreThreads() {
        bus.close();
        bus = recorded(Delivery.asynchronous());
        bus.listen("pay", PLACED, Order.class, order -> fire(bus, PAID, order.number));
        bus.listen("thank", PAID, Order.class, _ -> {});

        fire(bus, PLACED, 1);
        bus.settle();

        assertThat(bus).handled("thank", PAID);
    }

    private static RecordedBus recorded(Delivery delivery) {
        return RecordedBus.of(Tidings.inProcess()
                .delivery(delivery)
                .source(URI.create("/shop"))
                .open());
    }

    private static void fire(Bus bus, String type, int number) {
        bus.fire(bus.event(type).data(new Order(number)).build());
    }
}
