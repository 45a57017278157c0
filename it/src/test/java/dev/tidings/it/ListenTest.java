package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.DeadEventException;
import dev.tidings.client.DuplicateListenerNameException;
import dev.tidings.client.Firing;
import dev.tidings.client.Listener;
import dev.tidings.client.Listening;
import dev.tidings.client.Retrying;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Listeners of the Java SDK against a real broker.
class ListenTest {
    private static final int FIRED = 1_500;
    private static final int KEYS = 10;
    private static final Retrying QUICKLY = new Retrying(3, Duration.ofMillis(5), Duration.ofMillis(20));

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private Bus shop;
    private Bus desk;

    /// What the shop's events carry.
    record Order(int number) {}

    @BeforeEach
    void open() {
        shop = bus(address(), "shop");
        desk = bus(address(), "desk");
    }

    @AfterEach
    void close() {
        desk.close();
        shop.close();
    }

    @Test
    void getsTypedPayloadsOfAKeyInOrder() throws InterruptedException {
        desk.listen("print", Shop.PLACED, Order.class, order -> handled.add("order " + order.number));

        shop.fire(placed(1));
        shop.fire(placed(1 + KEYS));

        assertThat(next(2)).containsExactly("order 1", "order 11");
    }

    @Test
    void goesOnWhereItWasAndLeavesNothingBehindThatItHandled() throws InterruptedException {
        Listener first = desk.listen("print", Shop.PLACED, Order.class, order -> handled.add("first " + order.number));
        shop.fire(placed(1));
        assertThat(next(1)).containsExactly("first 1");
        first.close();
        shop.fire(placed(2));

        desk.listen("print", Shop.PLACED, Order.class, order -> handled.add("second " + order.number));

        assertThat(next(1)).containsExactly("second 2");
    }

    @Test
    void isAGroupOfItsOwnForEachNameAndSharesItsEventsWithOtherProcesses() throws InterruptedException {
        try (Bus other = bus(address(), "desk")) {
            desk.listen("print", Shop.PLACED, Order.class, order -> handled.add("print " + order.number));
            other.listen("print", Shop.PLACED, Order.class, order -> handled.add("print " + order.number));
            desk.listen("count", Shop.PLACED, Order.class, order -> handled.add("count " + order.number));
            for (int i = 0; i < 20; i++) {
                shop.fire(placed(i));
            }

            List<String> expected = new ArrayList<>();
            IntStream.range(0, 20).forEach(i -> expected.addAll(List.of("print " + i, "count " + i)));
            assertThat(next(40)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void refusesASecondListenerOfOneName() {
        Listener first = desk.listen("print", Shop.PLACED, Order.class, _ -> {});

        assertThatThrownBy(() -> desk.listen("print", Shop.PLACED, Order.class, _ -> {}))
                .isInstanceOf(DuplicateListenerNameException.class)
                .hasMessageContaining("'print'");
        first.close();
        desk.listen("print", Shop.PLACED, Order.class, _ -> {});
    }

    @Test
    void triesAgainInOrderWhatFails() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger();
        desk.listen(Listening.to("print", Shop.PLACED).retrying(QUICKLY), event -> {
            String text = text(event);
            if (text.contains("1") && failures.incrementAndGet() < 3) {
                throw new IllegalStateException("the printer is busy");
            }
            handled.add(text);
        });

        shop.publish(List.of(placed(1), placed(1 + KEYS))).join();

        assertThat(next(2)).containsExactly("{\"number\":1}", "{\"number\":11}");
    }

    @Test
    void reportsAsDeadWhatCannotBeHandledAndGoesOn() throws InterruptedException {
        desk.listen(Listening.to("print", Shop.PLACED).retrying(QUICKLY), event -> {
            String text = text(event);
            if (text.contains("1")) {
                throw new DeadEventException("no \"paper\"");
            }
            if (text.contains("2")) {
                throw new IllegalStateException("the printer burns");
            }
            handled.add(text);
        });
        desk.listen("typed", Shop.PAID, Order.class, _ -> handled.add("typed"));
        PolledInstance dead = broker.client("desk").poll("events=false&test=false&dead=true");

        shop.publish(List.of(placed(1), placed(2), placed(3))).join();
        assertThat(next(1)).containsExactly("{\"number\":3}");
        shop.fire(shop.event(Shop.PAID).data("a text").build());

        List<String> errors = new ArrayList<>();
        for (JsonNode event : dead.events(3)) {
            errors.add(event.path("error").asString());
        }
        assertThat(errors).anyMatch("no \"paper\""::equals);
        assertThat(errors).anyMatch("3 attempts failed: java.lang.IllegalStateException: the printer burns"::equals);
        assertThat(errors).anyMatch(error -> error.startsWith("its data is no Order: "));
    }

    @Test
    void comesInAsSoonAsItMay() throws InterruptedException {
        try (Bus late = bus(address(), "late")) {
            late.listen("print", Shop.PLACED, Order.class, order -> handled.add("order " + order.number));
            broker.catalog(Shop.CATALOG.client("late", "consumes: { types: [" + Shop.PLACED + "] }"));

            shop.fire(placed(1));

            assertThat(next(1)).containsExactly("order 1");
        }
    }

    @Test
    void finishesAndConfirmsWhatItIsAtWhenItCloses() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Listener listener = desk.listen("print", Shop.PLACED, Order.class, order -> {
            begun.countDown();
            goOn.await();
            handled.add("first " + order.number);
        });
        shop.publish(List.of(placed(1), placed(1 + KEYS))).join();
        begun.await();
        Thread closing = Thread.startVirtualThread(listener::close);
        while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait(); // until it waits for the handler, so that nothing more is begun
        }
        goOn.countDown();
        closing.join();

        assertThat(next(1)).containsExactly("first 1");
        desk.listen("print", Shop.PLACED, Order.class, order -> handled.add("second " + order.number));
        assertThat(next(1)).containsExactly("second 11");
    }

    @Test
    void handlesEachEventAndKeepsEachKeysOrderThoughConnectionsAreCut() throws InterruptedException {
        Random random = new Random(1);
        Map<String, List<Integer>> byKey = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(FIRED);
        try (Detour detour = new Detour();
                Bus far = bus(detour.address(), "desk")) {
            detour.leadTo(broker.client("desk"));
            far.listen(Listening.to("print", Shop.PLACED).inflight(100), event -> {
                int number = Integer.parseInt(text(event).replaceAll("\\D", ""));
                List<Integer> seen = byKey.computeIfAbsent(
                        "k" + number % KEYS, _ -> Collections.synchronizedList(new ArrayList<>()));
                if (!seen.contains(number)) {
                    seen.add(number);
                    all.countDown();
                }
            });
            for (int i = 0; i < FIRED; i++) {
                shop.fire(placed(i));
                if (random.nextInt(100) == 0) {
                    shop.flush().join();
                    detour.cut();
                }
            }

            Deadline.await(all);
        }
        byKey.forEach((key, numbers) -> assertThat(numbers).as(key).isSorted().hasSize(FIRED / KEYS));
    }

    private List<String> next(int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(handled.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS));
        }
        return next;
    }

    private static String text(CloudEvent event) {
        return new String(event.getData().toBytes(), StandardCharsets.UTF_8);
    }

    private CloudEvent placed(int number) {
        return shop.event(Shop.PLACED)
                .key("k" + number % KEYS)
                .data(new Order(number))
                .build();
    }

    private URI address() {
        return URI.create(broker.client("shop").base());
    }

    private static Bus bus(URI address, String client) {
        return Tidings.connect(address)
                .credentials(Credentials.apiKey(client))
                .source(URI.create(Shop.SOURCE))
                .service("office")
                .firing(Firing.DEFAULT.withLinger(Duration.ofMillis(1)))
                .open();
    }
}
