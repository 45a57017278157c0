package dev.tidings.client.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidings.client.Bus;
import dev.tidings.client.DeadEventException;
import dev.tidings.client.Delivery;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.RetryLaterException;
import dev.tidings.client.Retrying;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MicrometerMetricsTest {
    private static final Retrying TWICE = new Retrying(2, Duration.ZERO, Duration.ZERO);
    private static final String TYPE = "Shop.Web.Order.Placed";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMetrics metrics = MicrometerMetrics.of(registry);

    @Test
    void countsWhatAListenerHandles() {
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, "print", event -> {});
            bus.fire(placed(bus));
            bus.fire(placed(bus));
            bus.flush().join();
        }

        assertThat(count("received", "print")).isEqualTo(2);
        assertThat(handlings("handled", "print")).isEqualTo(2);
        assertThat(handlings("failed", "print")).isZero();
        assertThat(count("dead", "print")).isZero();
    }

    @Test
    void countsFailuresAndTheDead() {
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, "fail", event -> {
                throw new IllegalStateException("again");
            });
            listen(bus, "die", event -> {
                throw new DeadEventException("never");
            });
            bus.fire(placed(bus));
            bus.flush().join();

            assertThat(inHand("fail")).isZero();
            assertThat(inHand("die")).isZero();
        }
        assertThat(handlings("failed", "fail")).isEqualTo(2);
        assertThat(count("dead", "fail")).isEqualTo(1);
        assertThat(handlings("failed", "die")).isEqualTo(1);
        assertThat(count("dead", "die")).isEqualTo(1);
    }

    @Test
    void countsWhatIsPutOffAsNoFailure() {
        try (Bus bus = open(Delivery.synchronous())) {
            listen(bus, "print", event -> {
                throw new RetryLaterException();
            });

            assertThat(catchThrowable(() -> bus.fire(placed(bus)))).isInstanceOf(RetryLaterException.class);

            assertThat(handlings("postponed", "print")).isEqualTo(1);
            assertThat(handlings("failed", "print")).isZero();
            assertThat(inHand("print")).isZero();
        }
    }

    @Test
    void showsWhatIsInHand() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Bus bus = open(Delivery.asynchronous())) {
            listen(bus, "print", event -> goOn.await());
            bus.fire(placed(bus));
            bus.fire(placed(bus));

            assertThat(inHand("print")).isEqualTo(2);
            goOn.countDown();
            bus.flush().join();
            assertThat(inHand("print")).isZero();
        }
    }

    @Test
    void forgetsWhatAClosedListenerHadInHand() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Bus bus = Tidings.inProcess()
                .source(URI.create("/shop"))
                .closing(Duration.ofMillis(1))
                .metrics(metrics)
                .open();
        listen(bus, "print", event -> goOn.await());
        bus.fire(placed(bus));

        assertThat(catchThrowable(bus::close)).isNotNull();

        assertThat(inHand("print")).isZero();
        goOn.countDown();
    }

    @Test
    void countsWhatIsHandledInTheThreadThatFires() {
        try (Bus bus = open(Delivery.synchronous())) {
            listen(bus, "print", event -> {});
            listen(bus, "fail", event -> {
                throw new IllegalStateException("no");
            });

            assertThat(catchThrowable(() -> bus.fire(placed(bus)))).hasMessage("no");

            assertThat(handlings("handled", "print")).isEqualTo(1);
            assertThat(handlings("failed", "fail")).isEqualTo(1);
            assertThat(inHand("print")).isZero();
            assertThat(inHand("fail")).isZero();
        }
    }

    @Test
    void addsTheFiguresOfListenersOfOneName() {
        try (Bus one = open(Delivery.synchronous());
                Bus two = open(Delivery.synchronous())) {
            listen(one, "print", event -> {});
            listen(two, "print", event -> {});
            one.fire(placed(one));
            two.fire(placed(two));
        }

        assertThat(handlings("handled", "print")).isEqualTo(2);
    }

    private Bus open(Delivery delivery) {
        return Tidings.inProcess()
                .source(URI.create("/shop"))
                .delivery(delivery)
                .metrics(metrics)
                .open();
    }

    private static void listen(Bus bus, String name, EventHandler handler) {
        bus.listen(Listening.to(name, TYPE).retrying(TWICE), handler);
    }

    private static CloudEvent placed(Bus bus) {
        return bus.event(TYPE).build();
    }

    private double count(String name, String listener) {
        return registry.get("tidings.client.listener." + name)
                .tag("listener", listener)
                .counter()
                .count();
    }

    private long handlings(String outcome, String listener) {
        return registry.get("tidings.client.listener.handling")
                .tag("listener", listener)
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private double inHand(String listener) {
        return registry.get("tidings.client.listener.inhand")
                .tag("listener", listener)
                .gauge()
                .value();
    }
}
