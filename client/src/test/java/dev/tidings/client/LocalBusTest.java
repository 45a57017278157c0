package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalBusTest {
    private static final Retrying QUICKLY = new Retrying(3, Duration.ofMillis(1), Duration.ofMillis(5));

    private final List<String> handled = new CopyOnWriteArrayList<>();

    /// What events carry.
    record Order(int number) {}

    @Test
    void handsEventsToEachListenerOfTheirTypeInTheOrderOfTheirKeys() {
        try (Bus bus = open(Delivery.asynchronous())) {
            bus.listen("print", "a.Placed", Order.class, order -> handled.add("print " + order.number));
            bus.listen("count", "a.Placed", Order.class, order -> handled.add("count " + order.number));
            bus.listen("pay", "a.Paid", Order.class, order -> handled.add("pay " + order.number));
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                bus.fire(placed(bus, i));
                expected.add("print " + i);
            }
            bus.flush().join();

            assertThat(handled).hasSize(200);
            assertThat(handled).filteredOn(text -> text.startsWith("print")).isEqualTo(expected);
        }
    }

    @Test
    void returnsBeforeAnAsynchronousListenerIsDone() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Bus bus = open(Delivery.asynchronous())) {
            bus.listen("print", "a.Placed", Order.class, order -> {
                goOn.await();
                handled.add("done");
            });

            bus.fire(placed(bus, 1));
            assertThat(bus.flush()).isNotDone();
            goOn.countDown();
            bus.flush().join();

            assertThat(handled).containsExactly("done");
        }
    }

    @Test
    void triesAgainAndGivesUp() {
        AtomicInteger attempts = new AtomicInteger();
        try (Bus bus = open(Delivery.asynchronous())) {
            bus.listen(Listening.to("print", "a.Placed").retrying(QUICKLY), event -> {
                attempts.incrementAndGet();
                throw new IllegalStateException("never");
            });

            bus.fire(placed(bus, 1));
            bus.flush().join();

            assertThat(attempts).hasValue(3);
        }
    }

    @Test
    void triesLaterWhatItsHandlerPostponesWithoutCountingIt() {
        AtomicInteger calls = new AtomicInteger();
        try (Bus bus = open(Delivery.asynchronous())) {
            bus.listen(Listening.to("print", "a.Placed").retrying(QUICKLY).backOff(Duration.ofMillis(1)), event -> {
                handled.add(event.getSubject());
                if (calls.incrementAndGet() <= 4) {
                    throw calls.get() % 2 == 0
                            ? new RetryLaterException()
                            : new RetryLaterException(Duration.ofMillis(2));
                }
            });

            bus.fire(placed(bus, 1));
            bus.fire(placed(bus, 2));
            bus.flush().join();

            assertThat(handled).containsExactly("1", "1", "1", "1", "1", "2");
        }
    }

    @Test
    void callsSynchronousListenersInTheThreadOfTheCallerWhoGetsWhatTheyThrow() {
        try (Bus bus = open(Delivery.synchronous())) {
            bus.listen("print", "a.Placed", Order.class, order -> {
                handled.add(Thread.currentThread().getName());
                if (order.number == 2) {
                    throw new IllegalStateException("not this one");
                }
            });

            bus.fire(placed(bus, 1));
            assertThatThrownBy(() -> bus.fire(placed(bus, 2))).hasMessage("not this one");

            assertThat(handled).hasSize(2).containsOnly(Thread.currentThread().getName());
        }
    }

    @Test
    void waitsForTheCommitWhereItIsToldTo() {
        List<Runnable> transaction = new ArrayList<>();
        try (Bus bus = open(Delivery.afterCommit(transaction::add))) {
            bus.listen("print", "a.Placed", Order.class, order -> handled.add("print " + order.number));

            bus.fire(placed(bus, 1));
            bus.fire(placed(bus, 2));
            bus.flush().join();
            assertThat(handled).isEmpty();
            transaction.get(1).run();
            bus.flush().join();

            assertThat(handled).containsExactly("print 2");
        }
    }

    @Test
    void isUpWhoeverListens() {
        try (Bus bus = open(Delivery.asynchronous())) {
            bus.listen("print", "a.Placed", Order.class, order -> {});

            assertThat(bus.status()).isCompletedWithValue(new Status(null, Map.of("print", true)));
        }
    }

    @Test
    void refusesASecondListenerOfOneNameAndFiringAfterItsEnd() {
        Bus bus = open(Delivery.asynchronous());
        bus.listen("print", "a.Placed", Order.class, order -> {});

        assertThatThrownBy(() -> bus.listen("print", "a.Paid", Order.class, order -> {}))
                .isInstanceOf(DuplicateListenerNameException.class);
        bus.close();
        assertThatThrownBy(() -> bus.fire(placed(bus, 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void finishesWhatWasFiredBeforeItsEnd() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        Bus bus = open(Delivery.asynchronous());
        bus.listen("print", "a.Placed", Order.class, order -> {
            goOn.await();
            handled.add("print " + order.number);
        });
        assertThat(bus.publish(List.of(placed(bus, 1), placed(bus, 2))).join()).isEqualTo(new Receipt(2, 0));

        Thread closing = Thread.ofPlatform().start(bus::close);
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closing.join();

        assertThat(handled).containsExactly("print 1", "print 2");
    }

    @Test
    void saysWhatItHasNotComeToAtItsEndAndLetsNobodyWaitForIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Bus bus = Tidings.inProcess()
                .source(URI.create("/shop"))
                .closing(Duration.ofMillis(20))
                .open();
        bus.listen("print", "a.Placed", Order.class, order -> {
            begun.countDown();
            goOn.await();
        });
        bus.fire(placed(bus, 1));
        begun.await();
        bus.fire(placed(bus, 2));
        CompletableFuture<Void> flushed = bus.flush();

        assertThatThrownBy(bus::close)
                .isInstanceOfSatisfying(
                        UndeliveredException.class,
                        left -> assertThat(left.events()).hasSize(2));
        assertThat(flushed).isCompleted();
        goOn.countDown();
    }

    private static Bus open(Delivery delivery) {
        return Tidings.inProcess()
                .delivery(delivery)
                .source(URI.create("/shop"))
                .open();
    }

    private static CloudEvent placed(Bus bus, int number) {
        return bus.event("a.Placed")
                .key("k")
                .subject("" + number)
                .data(new Order(number))
                .build();
    }
}
