package dev.tidings.testkit;

import static dev.tidings.testkit.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.AsyncHandler;
import dev.tidings.client.BrokerBus;
import dev.tidings.client.Bus;
import dev.tidings.client.DeadEventException;
import dev.tidings.client.Listening;
import dev.tidings.client.Receipt;
import dev.tidings.client.RefusedException;
import dev.tidings.client.RetryLaterException;
import dev.tidings.client.Retrying;
import dev.tidings.client.payloads.StoredPayload;
import dev.tidings.client.streams.Reading;
import dev.tidings.testkit.Flow.Step;
import io.cloudevents.CloudEvent;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@TidingsTest
class TestBrokerTest {
    private static final String PLACED = "Shop.Web.Order.Placed";
    private static final String PAID = "Shop.Web.Order.Paid";
    private static final long GENEROUS = 60;
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Retrying QUICKLY = new Retrying(3, MOMENT, MOMENT);

    /// What events carry.
    record Order(int number) {}

    @Test
    void recordsWhatIsPublishedInOrder(TestBroker broker, Bus shop) {
        shop.fire(order(shop, PLACED, 1));
        shop.fire(order(shop, PAID, 1));
        shop.flush().join();
        shop.publish(List.of(order(shop, PLACED, 2))).join();

        assertThat(broker).publishedInOrder(PLACED, PAID, PLACED);
        assertThat(broker.flow().published()).extracting(CloudEvent::getType).containsExactly(PLACED, PAID, PLACED);
    }

    @Test
    void settlesWhenEverythingIsHandledAlsoWhatHandlersFire(TestBroker broker, Bus shop) {
        shop.listen("pay", PLACED, Order.class, order -> shop.fire(order(shop, PAID, order.number)));
        shop.listen("count", PAID, Order.class, _ -> {});
        for (int i = 0; i < 20; i++) {
            shop.fire(order(shop, PLACED, i));
        }

        broker.settle();

        assertThat(broker).publishedTimes(20, PAID);
        assertThat(broker.flow().of(Step.HANDLED, "test-count")).hasSize(20);
    }

    @Test
    void isSettledThoughAnEventWaitsForItsNextTry(TestBroker broker, Bus shop) {
        Duration long_ = Duration.ofHours(1);
        shop.listen(Listening.to("print", PLACED).retrying(new Retrying(3, long_, long_)), _ -> {
            throw new IllegalStateException("the printer burns");
        });
        shop.fire(order(shop, PLACED, 1));

        broker.settle();

        assertThat(broker).failed("test-print", PLACED);
    }

    @Test
    void bringsBackWhatAListenerPostponedWhenTheClockLeaps(TestBroker broker, Bus shop) {
        AtomicInteger tries = new AtomicInteger();
        shop.listen(Listening.to("print", PLACED), _ -> {
            if (tries.incrementAndGet() < 2) {
                throw new RetryLaterException(Duration.ofDays(1));
            }
        });
        shop.fire(order(shop, PLACED, 1));
        broker.settle();
        assertThat(broker).postponed("test-print", PLACED);
        assertThat(broker.flow().of(Step.DELIVERED, "test-print")).hasSize(1);

        broker.clock().advance(Duration.ofDays(1));

        assertThat(broker).eventually().handled("test-print", PLACED);
    }

    @Test
    void saysWhatIsOpenWhereItDoesNotSettle(TestBroker broker, Bus shop) {
        CountDownLatch goOn = new CountDownLatch(1);
        shop.listen("print", PLACED, Order.class, _ -> goOn.await());
        shop.publish(List.of(order(shop, PLACED, 7))).join();

        assertThatThrownBy(() -> broker.settle(Duration.ofMillis(200)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("test-print: " + PLACED)
                .hasMessageContaining("{\"number\":7}");
        goOn.countDown();
    }

    @Test
    void recordsWhatBecomesOfEvents(TestBroker broker, Bus shop) {
        AtomicInteger tries = new AtomicInteger();
        shop.listen(Listening.to("print", PLACED).retrying(QUICKLY), _ -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("the printer is busy");
            }
        });
        shop.listen(Listening.to("file", PLACED).retrying(QUICKLY), _ -> {
            throw new IllegalStateException("no paper");
        });
        shop.listen("read", PLACED, Order.class, _ -> {
            throw new DeadEventException("illegible");
        });

        shop.fire(order(shop, PLACED, 1));

        assertThat(broker)
                .eventually()
                .handled("test-print", PLACED)
                .reportedDead("test-file", PLACED)
                .reportedDead("test-read", PLACED);
        broker.settle();
        assertThat(broker.flow().of(Step.FAILED, "test-print")).hasSize(2);
        assertThat(broker.flow().of(Step.FAILED, "test-file")).hasSize(2);
        assertThat(broker.flow().of(Step.DELIVERED, "test-read")).hasSize(1);
    }

    @Test
    void recordsWhatBecomesOfEventsThatAreHandledBeyondTheReturn(TestBroker broker, Bus shop) {
        CompletableFuture<Void> step = new CompletableFuture<>();
        shop.listen(Listening.to("forward", PLACED), AsyncHandler.of(_ -> step));
        shop.listen(
                Listening.to("drop", PLACED),
                AsyncHandler.of(_ -> CompletableFuture.failedFuture(new DeadEventException("illegible"))));
        shop.listen(Listening.to("trip", PLACED).retrying(QUICKLY), AsyncHandler.of(_ -> {
            throw new IllegalStateException("it never began");
        }));

        shop.fire(order(shop, PLACED, 1));

        assertThat(broker).eventually().reportedDead("test-drop", PLACED).reportedDead("test-trip", PLACED);
        assertThat(broker.flow().of(Step.HANDLED, "test-forward")).isEmpty();
        step.complete(null);
        assertThat(broker).eventually().handled("test-forward", PLACED);
    }

    @Test
    void readsPayloadsInConditions(TestBroker broker, Bus shop) {
        shop.fire(order(shop, PLACED, 1));

        assertThat(broker).eventually().published(PLACED, Order.class, order -> order.number == 1);
        assertThat(broker).published(PLACED, event -> "k1".equals(event.getExtension("partitionkey")));
        assertThatThrownBy(() -> assertThat(broker).published(PLACED, Order.class, order -> order.number == 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected: PUBLISHED " + PLACED + " with a Order for which the condition holds")
                .hasMessageContaining("PUBLISHED " + PLACED + " key k1")
                .hasMessageContaining("{\"number\":1}");
    }

    @Test
    void saysThatNothingWasPublished(TestBroker broker, Bus shop) {
        broker.settle();
        assertThat(broker).publishedNothing();

        shop.publish(List.of(order(shop, PLACED, 1))).join();

        assertThat(broker).publishedNothing(PAID);
        assertThatThrownBy(() -> assertThat(broker).publishedNothing()).isInstanceOf(AssertionError.class);
        broker.flow().clear();
        assertThat(broker).publishedNothing();
    }

    @Test
    void startsEachTestWithNothing(TestBroker broker) {
        assertThat(broker).publishedNothing();
        assertThat(broker.flow().entries()).isEmpty();
    }

    @Test
    void tellsWhatWasRefused(TestBroker broker, Bus shop) {
        shop.fire(shop.event("no type!").build());
        assertThatThrownBy(() ->
                        shop.publish(List.of(shop.event("no type!").build())).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RefusedException.class);
        broker.settle();

        assertThat(broker).refused("no type!").publishedNothing();
        assertThat(broker.flow().of(Step.REFUSED, "")).hasSize(2);
    }

    @Test
    void keepsWhatItHasWhenItIsRestarted(TestBroker broker, Bus shop) {
        shop.publish(List.of(order(shop, PLACED, 1))).join();

        broker.restart();
        shop.listen("print", PLACED, Order.class, _ -> {});

        assertThat(broker).eventually().handled("test-print", PLACED);
    }

    @Test
    void hasStreamsToRead(BrokerBus shop) {
        shop.publish(List.of(order(shop, PLACED, 1))).join();

        assertThat(shop.streams().read(Reading.of("Shop.Web")).join().events())
                .extracting(CloudEvent::getSubject)
                .containsExactly("1");
    }

    @Test
    void keepsPayloads(BrokerBus shop) throws Exception {
        StoredPayload stored = shop.payloads().store(PLACED, "text/plain", InputStream.nullInputStream(), 0);

        assertThat(shop.payloads().open(stored.dataref()).readAllBytes()).isEmpty();
    }

    @Test
    void removesWhatIsTooOldWhenTheClockLeaps(TestBroker broker, Bus shop) {
        shop.publish(List.of(order(shop, PLACED, 1))).join();

        broker.clock().advance(Duration.ofDays(6));
        shop.publish(List.of(order(shop, PLACED, 2))).join();
        shop.listen("print", PLACED, Order.class, _ -> {});
        broker.settle();

        assertThat(broker.flow().of(Step.HANDLED, "test-print"))
                .extracting(CloudEvent::getSubject)
                .containsExactly("2");
    }

    @Test
    void forgetsDuplicatesWhenTheClockLeaps(TestBroker broker, Bus shop) {
        List<CloudEvent> events = List.of(order(shop, PLACED, 1));
        assertThat(shop.publish(events).join()).isEqualTo(new Receipt(1, 0));
        assertThat(shop.publish(events).join()).isEqualTo(new Receipt(1, 1));

        broker.clock().advance(Duration.ofDays(6));

        assertThat(shop.publish(events).join()).isEqualTo(new Receipt(1, 0));
    }

    @Test
    void takesBackWhatIsNotConfirmedInTimeWhenTheClockLeaps(TestBroker broker, Bus shop) throws InterruptedException {
        BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
        shop.publish(List.of(order(shop, PLACED, 7))).join();
        WebSocket reader = open(broker, "group=slow&ackTimeout=3600", delivered);
        assertThat(delivered.poll(GENEROUS, TimeUnit.SECONDS)).contains("\"number\":7");

        broker.clock().advance(Duration.ofHours(2));

        assertThat(delivered.poll(GENEROUS, TimeUnit.SECONDS)).contains("\"number\":7");
        reader.abort();
    }

    /// What another program does, without the SDK.
    private static WebSocket open(TestBroker broker, String query, Queue<String> delivered) {
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                delivered.add(data.toString());
                return WebSocket.Listener.super.onText(socket, data, last);
            }
        };
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("authorization", "Bearer " + broker.key())
                .buildAsync(
                        URI.create(broker.address().toString().replace("http", "ws") + "/ce/consume/ws?" + query),
                        listener)
                .join();
    }

    private static CloudEvent order(Bus bus, String type, int number) {
        return bus.event(type)
                .key("k" + number)
                .subject("" + number)
                .data(new Order(number))
                .build();
    }
}
