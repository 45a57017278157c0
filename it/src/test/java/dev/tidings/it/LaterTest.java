package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.AsyncHandler;
import dev.tidings.client.Bus;
import dev.tidings.client.Connecting;
import dev.tidings.client.Credentials;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.RetryLaterException;
import dev.tidings.client.Tidings;
import dev.tidings.client.Transport;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What handlers of the Java SDK put off, against a real broker.
class LaterTest {
    private static final int EVENTS = 600;
    private static final int KEYS = 5;
    private static final Duration MOMENT = Duration.ofMillis(20);

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private Bus shop;

    @BeforeEach
    void open() {
        shop = connecting("shop").open();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"WEB_SOCKET", "LONG_POLLING"})
    void comesAgainInTheOrderOfItsKeyWhileOthersGoOn(Transport way) throws InterruptedException {
        AtomicBoolean postponed = new AtomicBoolean();
        try (Bus desk = connecting("desk").transport(way).open()) {
            desk.listen(Listening.to("print", Shop.PLACED).concurrency(1), event -> {
                if (text(event).equals("0") && postponed.compareAndSet(false, true)) {
                    handled.add("not now");
                    throw new RetryLaterException(MOMENT);
                }
                handled.add(text(event));
            });

            shop.publish(List.of(placed(0), placed(KEYS), placed(1))).join();

            assertThat(next(4))
                    .startsWith("not now")
                    .containsSubsequence("0", "5")
                    .contains("1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WEB_SOCKET", "LONG_POLLING"})
    void keepsTheOrderOfEachKeyHoweverOftenAndWhereverEventsArePutOff(Transport way) throws InterruptedException {
        Map<String, List<Integer>> byKey = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(EVENTS);
        try (Bus one = connecting("desk").transport(way).open();
                Bus other = connecting("desk").transport(way).open()) {
            List.of(one, other)
                    .forEach(bus -> bus.listen(listening(), moody(new Random(bus == one ? 1 : 2), event -> {
                        int number = Integer.parseInt(text(event));
                        byKey.computeIfAbsent("k" + number % KEYS, _ -> new ArrayList<>())
                                .add(number);
                        all.countDown();
                    })));
            for (int i = 0; i < EVENTS; i++) {
                shop.fire(placed(i));
            }

            Deadline.await(all);
        }
        assertThat(byKey).hasSize(KEYS);
        byKey.forEach((key, numbers) -> assertThat(numbers)
                .as(key)
                .isEqualTo(IntStream.range(0, EVENTS)
                        .filter(number -> key.equals("k" + number % KEYS))
                        .boxed()
                        .toList()));
    }

    @Test
    void keepsTheOrderOfEachKeyThoughConnectionsAreCutMeanwhile() throws InterruptedException {
        Map<String, Set<Integer>> byKey = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(EVENTS);
        Random random = new Random(3);
        try (Detour detour = new Detour();
                Bus far = connecting(detour.address(), "desk").open();
                Bus near = connecting("desk").open()) {
            detour.leadTo(broker.client("desk"));
            List.of(far, near)
                    .forEach(bus -> bus.listen(listening(), moody(new Random(bus == far ? 4 : 5), event -> {
                        int number = Integer.parseInt(text(event));
                        if (byKey.computeIfAbsent(
                                        "k" + number % KEYS, _ -> Collections.synchronizedSet(new LinkedHashSet<>()))
                                .add(number)) {
                            all.countDown();
                        }
                    })));
            for (int i = 0; i < EVENTS; i++) {
                shop.fire(placed(i));
                if (random.nextInt(60) == 0) {
                    shop.flush().join();
                    detour.cut();
                }
            }

            Deadline.await(all);
        }
        byKey.forEach((key, numbers) ->
                assertThat(List.copyOf(numbers)).as(key).isSorted().hasSize(EVENTS / KEYS));
    }

    @Test
    void isDeadOnceItWasDeliveredTooOften() throws InterruptedException {
        try (Bus desk = connecting("desk").open()) {
            Listening twice =
                    Listening.to("print", Shop.PLACED).maxDeliveries(2).backOff(MOMENT);
            desk.listen(twice, AsyncHandler.of(event -> {
                handled.add(text(event));
                return CompletableFuture.failedFuture(new RetryLaterException());
            }));
            shop.publish(List.of(placed(7))).join();
            assertThat(next(2)).containsExactly("7", "7");

            List<JsonNode> dead = broker.client("desk")
                    .poll("events=false&test=false&dead=true")
                    .events(1);

            assertThat(dead.getFirst().path("data").asInt()).isEqualTo(7);
        }
        assertThat(handled).isEmpty();
    }

    private static Listening listening() {
        return Listening.to("print", Shop.PLACED).inflight(50).concurrency(3);
    }

    /// One in four is put off: at once, for a moment, or for longer.
    private static EventHandler moody(Random random, EventHandler handler) {
        return event -> {
            int mood;
            synchronized (random) {
                mood = random.nextInt(12);
            }
            if (mood < 3) {
                throw new RetryLaterException(MOMENT.multipliedBy(mood));
            }
            handler.handle(event);
        };
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
        return shop.event(Shop.PLACED).key("k" + number % KEYS).data(number).build();
    }

    private Connecting connecting(String client) {
        return connecting(URI.create(broker.client("shop").base()), client);
    }

    private static Connecting connecting(URI address, String client) {
        return Tidings.connect(address)
                .credentials(Credentials.apiKey(client))
                .source(URI.create(Shop.SOURCE))
                .service("office");
    }
}
