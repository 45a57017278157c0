package dev.tidings.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.EmbeddedBus;
import dev.tidings.client.Embedding;
import dev.tidings.client.Receipt;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTest {
    private static final String PLACED = "Shop.Web.Order.Placed";
    private static final long GENEROUS = 50;

    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    /// What events carry.
    record Order(int number) {}

    @Test
    void takesPartWithoutAServerAndWithoutACatalog() throws InterruptedException {
        try (Bus bus = in("store").open()) {
            listen(bus);

            bus.fire(bus.event(PLACED).data(new Order(1)).build());

            assertThat(next()).isEqualTo("order 1");
        }
    }

    @Test
    void hasWhatItTookWhenItIsOpenedAgain() throws InterruptedException {
        try (Bus bus = in("store").open()) {
            bus.fire(bus.event(PLACED).data(new Order(1)).build());
        }

        try (Bus bus = in("store").open()) {
            listen(bus);

            assertThat(next()).isEqualTo("order 1");
        }
    }

    @Test
    void goesOnBehindWhatItHasHandledWhenItIsOpenedAgain() throws InterruptedException {
        try (Bus bus = in("store").open()) {
            listen(bus);
            bus.fire(bus.event(PLACED).data(new Order(1)).build());
            assertThat(next()).isEqualTo("order 1");
        }

        try (Bus bus = in("store").open()) {
            listen(bus);
            bus.fire(bus.event(PLACED).data(new Order(2)).build());

            assertThat(next()).isEqualTo("order 2");
        }
    }

    @Test
    void livesBesideAnotherInOneProcess() throws InterruptedException {
        try (Bus one = in("one").open();
                Bus other = in("other").open()) {
            listen(one);

            other.publish(List.of(other.event(PLACED).data(new Order(1)).build()))
                    .join();
            one.fire(one.event(PLACED).data(new Order(2)).build());

            assertThat(next()).isEqualTo("order 2");
        }
    }

    @Test
    void hasItsDirectoryAlone() {
        try (Bus bus = in("store").open()) {
            assertThatThrownBy(() -> in("store").open())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is in use");
            assertThat(bus.publish(List.of(bus.event(PLACED).build())).join()).isEqualTo(new Receipt(1, 0));
        }
    }

    @Test
    void givesItsDirectoryUpWhereTheBusIsDescribedWrong() {
        Embedding wrong = in("store").bus(_ -> {
            throw new IllegalArgumentException("on purpose");
        });
        assertThatThrownBy(wrong::open).hasMessage("on purpose");

        in("store").open().close();
    }

    @Test
    void letsInOthersWhoHaveTheKeyAndNobodyElse() {
        try (EmbeddedBus bus = in("store").open();
                Bus guest = connect(bus, Credentials.apiKey(bus.key()));
                Bus stranger = connect(bus, Credentials.none())) {
            bus.publish(List.of(bus.event(PLACED).build())).join();

            assertThat(guest.publish(List.of(guest.event(PLACED).build())).join())
                    .isEqualTo(new Receipt(1, 0));
            assertThatThrownBy(() -> stranger.publish(
                                    List.of(stranger.event(PLACED).build()))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.status()).isEqualTo(401));
        }
    }

    @Test
    void letsTypesExistFromTheirFirstUseAlsoWhenItIsOpenedAgain() {
        try (Bus bus = in("store").open()) {
            assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 8).parallelStream()
                            .map(number -> accepted(bus, "Shop.Web.Number" + number + ".Used"))
                            .toList())
                    .containsOnly(1);
        }
        try (Bus bus = in("store").open()) {
            assertThat(accepted(bus, "Shop.Web.Number1.Used")).isEqualTo(1);
            assertThat(accepted(bus, "Shop.Web.Number9.Used")).isEqualTo(1);
        }
    }

    @Test
    void hasOnlyWhatTheCatalogSaysWhereItIsGivenOne() {
        String catalog = "types:\n  " + PLACED + ": { schema: { type: object, required: [number] } }\n";
        try (Bus bus = in("store").catalog(catalog).open()) {
            assertRefused(bus, "Shop.Web.Order.Paid", new Order(1), 401);
            assertRefused(bus, PLACED, "a text", 422);
        }
        try (Bus bus = in("store").open()) {
            assertRefused(bus, "Shop.Web.Order.Paid", new Order(1), 401);
            assertRefused(bus, PLACED, "a text", 422);
        }
    }

    @Test
    void refusesACatalogThatIsWrong() {
        assertThatThrownBy(() -> in("store").catalog("types: 7").open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the catalog is invalid");
    }

    @Test
    void leavesToTheBrokerWhatIsNoType() {
        try (Bus bus = in("store").open()) {
            assertRefused(bus, "no type!", new Order(1), 400);
        }
    }

    @Test
    void leavesNoThreadBehindWhenItIsClosed() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Bus bus = in("store").open()) {
            listen(bus);
            bus.fire(bus.event(PLACED).data(new Order(1)).build());
            assertThat(next()).isEqualTo("order 1");
        }

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean shared = thread.getName().startsWith("ForkJoinPool.commonPool");
            if (!shared && !before.contains(thread)) {
                assertThat(thread.join(Duration.ofSeconds(GENEROUS)))
                        .as(thread.getName())
                        .isTrue();
            }
        }
    }

    private Embedding in(String store) {
        return Tidings.embedded(directory.resolve(store))
                .service("office")
                .bus(connecting -> connecting.source(URI.create("/shop")));
    }

    private static Bus connect(EmbeddedBus bus, Credentials credentials) {
        return Tidings.connect(bus.address())
                .credentials(credentials)
                .source(URI.create("/elsewhere"))
                .open();
    }

    private void listen(Bus bus) {
        bus.listen("print", PLACED, Order.class, order -> handled.add("order " + order.number));
    }

    private String next() throws InterruptedException {
        return handled.poll(GENEROUS, TimeUnit.SECONDS);
    }

    private static int accepted(Bus bus, String type) {
        return bus.publish(List.of(bus.event(type).build())).join().accepted();
    }

    private static void assertRefused(Bus bus, String type, Object data, int status) {
        assertThatThrownBy(() ->
                        bus.publish(List.of(bus.event(type).data(data).build())).join())
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status())
                                .as(refused.getMessage())
                                .isEqualTo(status));
    }
}
