package dev.tidings.testkit;

import static dev.tidings.testkit.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Delivery;
import dev.tidings.client.Tidings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowAssertTest {
    private static final String PLACED = "Shop.Web.Order.Placed";
    private static final String PAID = "Shop.Web.Order.Paid";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final RecordedBus bus = RecordedBus.of(Tidings.inProcess()
            .source(URI.create("/shop"))
            .delivery(Delivery.synchronous())
            .open());

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void saysThatNothingHasHappened() {
        fails(() -> assertThat(bus).published(PLACED), "expected: PUBLISHED " + PLACED + "; nothing has happened");
    }

    @Test
    void saysHowLongItWaitedAndWhatHappenedInstead() {
        fire(PAID);

        fails(
                () -> assertThat(bus).within(MOMENT).published(PLACED),
                "expected: PUBLISHED " + PLACED + " within PT0.001S; what happened:\n  PUBLISHED " + PAID + " id ");
    }

    @Test
    void countsExactly() {
        fire(PLACED);
        fire(PLACED);

        assertThat(bus).publishedTimes(2, PLACED).publishedTimes(0, PAID);
        fails(() -> assertThat(bus).publishedTimes(1, PLACED), "expected 1 times", "found 2 times");
        fails(() -> assertThat(bus).publishedTimes(3, PLACED), "expected 3 times", "found 2 times");
    }

    @Test
    void looksAtTheOrderOfAll() {
        fire(PLACED);
        fire(PAID);

        assertThat(bus).publishedInOrder(PLACED, PAID);
        fails(() -> assertThat(bus).publishedInOrder(PAID, PLACED), "in this order: [" + PAID + ", " + PLACED + "]");
        fails(() -> assertThat(bus).publishedInOrder(PLACED), "in this order: [" + PLACED + "]");
    }

    @Test
    void tellsOneListenerFromAnother() {
        bus.listen("pay", PLACED, String.class, _ -> {});
        fire(PLACED);

        assertThat(bus).handled("pay", PLACED).handled("pay", PLACED, event -> event.getDataContentType() != null);
        fails(() -> assertThat(bus).handled("print", PLACED), "expected: HANDLED by print " + PLACED);
        fails(() -> assertThat(bus).handled("pay", PLACED, _ -> false), "for which the condition holds");
        fails(() -> assertThat(bus).failed("pay", PLACED), "expected: FAILED by pay");
        fails(() -> assertThat(bus).reportedDead("pay", PLACED), "expected: DEAD by pay");
    }

    @Test
    void showsTheNewestOfMuch() {
        for (int i = 0; i < 60; i++) {
            fire(PLACED);
        }

        fails(() -> assertThat(bus).published(PAID), "(10 before)");
    }

    @Test
    void isToldOfWhatHappensWhileItWaits() {
        CountDownLatch begun = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            await(begun);
            fire(PAID);
        });

        fire(PLACED);
        assertThat(bus).eventually().published(PLACED, _ -> {
            begun.countDown();
            return true;
        });
        assertThat(bus).eventually().published(PAID);
    }

    private void fire(String type) {
        bus.fire(bus.event(type).data("text").build());
    }

    private static void fails(ThrowingCallable what, String... message) {
        assertThatThrownBy(what).isInstanceOf(AssertionError.class).hasMessageContainingAll(message);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
