package dev.tidings.client.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.AsyncHandler;
import dev.tidings.client.Bus;
import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.Metrics;
import dev.tidings.client.RetryLaterException;
import dev.tidings.client.Retrying;
import dev.tidings.client.Tidings;
import dev.tidings.client.Transport;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.wire.Received;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubscriptionTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Retrying QUICKLY = new Retrying(3, Duration.ofMillis(5), Duration.ofMillis(20));
    private static final Subscription.Way WAY = new Subscription.Way(Transport.AUTOMATIC, false);
    private static final Duration NO_TIME = Duration.ofMillis(20);

    private final Told told = new Told();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SocketConnectionTest.ScriptedSocket socket = new SocketConnectionTest.ScriptedSocket();
    private final Bus bus = Tidings.inProcess().source(URI.create("/shop")).open();
    private WebSocket.Listener broker;

    @AfterEach
    void end() {
        timer.shutdownNow();
        bus.close();
    }

    @Test
    void tellsWhetherItIsConnected() throws Exception {
        Subscription subscription = start(event -> {});
        assertThat(told.next()).isEqualTo("connected true");

        var _ = broker.onClose(socket, 1001, "going away");
        assertThat(told.next()).isEqualTo("connected false");

        subscription.close(NO_TIME);
        assertThat(told.next()).isEqualTo("closed");
    }

    @Test
    void tellsWhatBecomesOfWhatCame() throws Exception {
        Subscription subscription = start(event -> {
            if (event.getId().equals("bad")) {
                throw new IllegalStateException("no");
            }
        });
        told.next();

        send(1, "good");
        assertThat(told.next()).isEqualTo("received");
        assertThat(told.next()).isEqualTo("handled");
        send(2, "bad");
        assertThat(told.next()).isEqualTo("received");
        assertThat(told.next()).isEqualTo("failed");
        subscription.close(NO_TIME);
    }

    @Test
    void releasesWhatIsStillInHandWhenTheConnectionIsLost() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Subscription subscription = start(event -> {
            begun.countDown();
            goOn.await();
        });
        told.next();
        send(1, "a");
        send(2, "b");
        assertThat(told.next()).isEqualTo("received");
        assertThat(told.next()).isEqualTo("received");
        begun.await();

        var _ = broker.onClose(socket, 1001, "going away");
        assertThat(told.next()).isEqualTo("connected false");
        goOn.countDown();

        assertThat(told.next()).isEqualTo("handled");
        assertThat(told.next()).isEqualTo("released");
        subscription.close(NO_TIME);
    }

    @Test
    void confirmsWhatOthersEndWhenTheyHave() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Subscription subscription = start(AsyncHandler.of(event -> end));
        told.next();
        send(1, "a");
        assertThat(told.next()).isEqualTo("received");
        send(2, "b");
        assertThat(told.next()).isEqualTo("received");
        assertThat(socket.sent).isEmpty();

        end.complete(null);

        assertThat(told.next()).isEqualTo("handled");
        assertThat(told.next()).isEqualTo("handled");
        assertThat(socket.sent).first().isEqualTo("confirm:1");
        subscription.close(NO_TIME);
    }

    @Test
    void triesAgainWhatOthersCouldNotEnd() throws Exception {
        Queue<CompletableFuture<Void>> ends = new ConcurrentLinkedQueue<>(List.of(
                CompletableFuture.failedFuture(new CompletionException(new IllegalStateException("no"))),
                CompletableFuture.failedFuture(new DeadEventException("never"))));
        Subscription subscription = start(AsyncHandler.of(event -> ends.remove()));
        told.next();
        send(1, "a");

        assertThat(told.next()).isEqualTo("received");
        assertThat(told.next()).isEqualTo("failed");
        assertThat(told.next()).isEqualTo("failed");
        subscription.close(NO_TIME);
        assertThat(socket.sent.getFirst()).startsWith("dead:").contains("never");
    }

    @Test
    void givesBackWhatItsHandlerPostponesAndWhatFollowsOfItsKeyUntilItComesAgain() throws Exception {
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        CountDownLatch goOn = new CountDownLatch(1);
        Subscription subscription = start(event -> {
            handled.add(event.getId());
            goOn.await();
            if (event.getId().equals("a") && handled.size() == 1) {
                throw new RetryLaterException(HOUR);
            }
        });
        told.next();
        send(1, "a");
        send(2, "b");
        goOn.countDown();

        assertThat(told.next(5)).containsExactlyInAnyOrder("received", "received", "postponed", "released", "released");
        send(3, "c"); // it was on its way when the event was given back
        assertThat(told.next(2)).containsExactly("received", "released");
        send(4, "a");
        send(5, "b");
        send(6, "c");
        assertThat(told.next(6)).containsOnly("received", "handled");

        assertThat(handled).containsExactly("a", "a", "b", "c");
        socket.takeAllFromNowOn();
        subscription.close(HOUR);
        assertThat(socket.sent)
                .startsWith("release:1:1h", "confirm:1")
                .containsSubsequence("release:2:0s", "release:3:0s")
                .endsWith("confirm:6", "close 4000");
    }

    @Test
    void givesBackWhatAStagePostpones() throws Exception {
        Subscription subscription = start(AsyncHandler.of(
                event -> CompletableFuture.failedFuture(new CompletionException(new RetryLaterException()))));
        told.next();
        send(1, "a");

        assertThat(told.next(3)).containsExactly("received", "postponed", "released");
        assertThat(socket.sent).containsExactly("release:1");
        subscription.close(NO_TIME);
    }

    private Subscription start(EventHandler handler) {
        Subscription subscription = new Subscription(
                Listening.to("print", "a.b").concurrency(1).retrying(QUICKLY),
                handler,
                "group=print",
                new Subscription.Parts(
                        new Scripted(),
                        this::event,
                        new BackOff(HOUR, HOUR, new Random(1)),
                        timer,
                        System::nanoTime,
                        told,
                        WAY));
        subscription.start();
        return subscription;
    }

    private CloudEvent event(Received received) {
        return bus.event("Shop.Web.Order.Placed")
                .id(received.attributes().get("id").toString())
                .build();
    }

    /// A broker that lets everybody in by WebSocket.
    private final class Scripted implements Reception {
        @Override
        public CompletableFuture<WebSocket> open(String query, WebSocket.Listener listener) {
            broker = listener;
            listener.onOpen(socket);
            return CompletableFuture.completedFuture(socket);
        }

        @Override
        public CompletableFuture<Polled> poll(String query) {
            throw new AssertionError("there is no need to poll");
        }
    }

    private void send(long offset, String id) {
        var _ = broker.onText(
                socket, "{\"offset\":\"" + offset + "\",\"id\":\"" + id + "\",\"partitionkey\":\"k\"}", true);
    }

    /// Keeps what it is told, in order.
    private static final class Told implements Metrics.Receiving {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        List<String> next(int count) throws InterruptedException {
            List<String> next = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                next.add(next());
            }
            return next;
        }

        String next() throws InterruptedException {
            return told.poll(30, TimeUnit.SECONDS);
        }

        @Override
        public void connected(boolean now) {
            told.add("connected " + now);
        }

        @Override
        public void received() {
            told.add("received");
        }

        @Override
        public void handled(Duration took) {
            told.add("handled");
        }

        @Override
        public void failed(Duration took) {
            told.add("failed");
        }

        @Override
        public void postponed(Duration took) {
            told.add("postponed");
        }

        @Override
        public void dead() {
            told.add("dead");
        }

        @Override
        public void released() {
            told.add("released");
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }
}
