package dev.tidings.testkit;

import static dev.tidings.testkit.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogTest {
    private static final String PLACED = "Shop.Web.Order.Placed";
    private static final String PAID = "Shop.Web.Order.Paid";

    @RegisterExtension
    static final TidingsExtension tidings = TidingsExtension.withCatalog("""
            types:
              Shop.Web.Order.Placed: { schema: { type: object, required: [number] } }
              Shop.Web.Order.Paid: {}
            clients:
              web-shop:
                produces: { sources: [/shop], types: [Shop.Web.Order.Placed] }
            """);

    /// What events carry.
    record Order(int number) {}

    @Test
    void judgesBySchemas(TestBroker broker, Bus shop) {
        shop.fire(shop.event(PLACED).data("a text").build());
        shop.fire(shop.event(PLACED).data(new Order(1)).build());
        broker.settle();

        assertThat(broker).refused(PLACED).publishedTimes(1, PLACED);
    }

    @Test
    void judgesByTheRightsOfAClient(TestBroker broker) {
        Bus shop = broker.bus(
                "shop", bus -> bus.credentials(broker.credentials("web-shop")).source(URI.create("/shop")));

        shop.fire(shop.event(PAID).data(new Order(1)).build());
        shop.fire(shop.event(PLACED).data(new Order(1)).build());
        broker.settle();

        assertThat(broker).refused(PAID).publishedInOrder(PLACED);
    }

    @Test
    void knowsNoOtherTypes(TestBroker broker, Bus shop) {
        shop.fire(shop.event("Shop.Web.Order.Lost").build());
        broker.settle();

        assertThat(broker).refused("Shop.Web.Order.Lost").publishedNothing();
    }

    @Test
    void saysWhatIsWrongWithACatalog() {
        assertThatThrownBy(() -> TestBroker.start(TestBroker.Setup.DEFAULT.withCatalog("types: 7")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the catalog is invalid");
    }
}
