package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.AsyncHandler;
import dev.tidings.client.Bus;
import dev.tidings.client.Connecting;
import dev.tidings.client.Credentials;
import dev.tidings.client.Firing;
import dev.tidings.client.Listening;
import dev.tidings.client.Receipt;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of the events that a process of a service had in hand.
class ProcessesOfAServiceTest {
    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final Duration HOUR = Duration.ofHours(1);

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

    @Test
    void comeBackToANamedProcessThatRestarts() throws InterruptedException {
        Bus first = connecting("desk").process("pm-1").open();
        listen(first, "first", NEVER);
        fire("a");
        assertThat(next()).isEqualTo("first a");
        Bus other = connecting("desk").process("pm-2").open();
        listen(other, "other", DONE);
        first.close();
        fire("b");
        assertThat(next()).isEqualTo("other b");

        Bus again = connecting("desk").process("pm-1").open();
        listen(again, "again", DONE);

        assertThat(next()).isEqualTo("again a");
        other.close();
        again.close();
    }

    @Test
    void goToTheOthersAtOnceWhereItHasNoName() throws InterruptedException {
        Bus first = connecting("desk").open();
        listen(first, "first", NEVER);
        fire("a");
        assertThat(next()).isEqualTo("first a");
        Bus other = connecting("desk").open();
        listen(other, "other", DONE);

        first.close();

        assertThat(next()).isEqualTo("other a");
        other.close();
    }

    @Test
    void goToTheOthersWhereItIsStuck() throws InterruptedException {
        Bus stuck = connecting("desk").open();
        stuck.listen(listening(Duration.ofSeconds(1)), AsyncHandler.of(event -> told("stuck", event, NEVER)));
        fire("a");
        assertThat(next()).isEqualTo("stuck a");
        Bus other = connecting("desk").open();
        listen(other, "other", DONE);

        assertThat(next()).isEqualTo("other a");
        stuck.close();
        other.close();
    }

    @Test
    void leaveTheQueueOnlyWhenTheNextStepHasTakenThemOver() throws InterruptedException {
        Bus desk = connecting("desk").open();
        BlockingQueue<CompletableFuture<Receipt>> steps = new LinkedBlockingQueue<>();
        desk.listen(listening(HOUR), AsyncHandler.of(event -> {
            CompletableFuture<Receipt> step = new CompletableFuture<>();
            steps.add(step);
            return told("desk", event, step);
        }));
        fire("a");
        fire("b");
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("desk a", "desk b");
        steps.take().complete(new Receipt(1, 0));
        desk.close();

        Bus again = connecting("desk").open();
        listen(again, "again", DONE);
        fire("c");

        assertThat(next()).isEqualTo("again b");
        assertThat(next()).isEqualTo("again c");
        again.close();
    }

    private void listen(Bus bus, String who, CompletableFuture<?> end) {
        bus.listen(listening(HOUR), AsyncHandler.of(event -> told(who, event, end)));
    }

    private <T> CompletableFuture<T> told(String who, CloudEvent event, CompletableFuture<T> end) {
        handled.add(who + " " + event.getId());
        return end;
    }

    private static Listening listening(Duration ackTimeout) {
        return Listening.to("print", Shop.PLACED).concurrency(1).ackTimeout(ackTimeout);
    }

    private void fire(String id) {
        shop.publish(List.of(shop.event(Shop.PLACED).id(id).data(1).build())).join();
    }

    private String next() throws InterruptedException {
        return handled.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
    }

    private Connecting connecting(String client) {
        return Tidings.connect(URI.create(broker.client("shop").base()))
                .credentials(Credentials.apiKey(client))
                .source(URI.create(Shop.SOURCE))
                .service("office")
                .firing(Firing.DEFAULT.withClosing(Duration.ofMillis(200)));
    }
}
