package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Listening;
import dev.tidings.client.Status;
import dev.tidings.client.Tidings;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What the Java SDK tells of the broker's health and of its own.
class BusStatusTest {
    @Test
    void tellsWhetherTheBrokerIsReady() {
        RunningBroker broker = RunningBroker.with(Shop.CATALOG).start();
        try (Bus desk = bus(broker, "desk")) {
            Status before = Deadline.await(desk.status());
            broker.close();
            Status after = Deadline.await(desk.status());

            assertThat(before).isEqualTo(new Status(null, Map.of()));
            assertThat(before.isUp()).isTrue();
            assertThat(after.problem()).contains("ConnectException");
            assertThat(after.isUp()).isFalse();
        }
    }

    @Test
    void tellsWhichListenersAreConnected() {
        CountDownLatch handled = new CountDownLatch(1);
        try (RunningBroker broker = RunningBroker.with(Shop.CATALOG).start();
                Bus shop = bus(broker, "shop");
                Bus desk = bus(broker, "desk")) {
            desk.listen(Listening.to("forbidden", "Shop.Web.Secret.Told"), event -> {});
            desk.listen(Listening.to("allowed", Shop.PLACED), event -> handled.countDown());
            shop.fire(shop.event(Shop.PLACED).build());
            Deadline.await(handled);

            Status status = Deadline.await(desk.status());

            assertThat(status.listeners()).isEqualTo(Map.of("forbidden", false, "allowed", true));
            assertThat(status.isUp()).isFalse();
        }
    }

    private static Bus bus(RunningBroker broker, String client) {
        return Tidings.connect(URI.create(broker.address()))
                .credentials(Credentials.apiKey(client))
                .source(URI.create(Shop.SOURCE))
                .service(client)
                .open();
    }
}
