package dev.tidings.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Firing;
import dev.tidings.client.SpoolException;
import dev.tidings.client.Tidings;
import dev.tidings.it.PolledInstance;
import dev.tidings.it.ServerProcess;
import dev.tidings.it.Shop;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A program whose disk is full.
class FullSpoolTest {
    private static final int PATIENCE = 60;
    private static final String FILLER = "x".repeat(4_000);

    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    @Test
    void firesAgainOnceTheBrokerHasTakenWhatFilledTheDisk() throws Exception {
        try (SmallDisk disk = SmallDisk.ofMebibytes(1);
                ServerProcess server = ServerProcess.with(Shop.CATALOG).start()) {
            int fired;
            server.kill();
            try (Bus bus = bus(server, disk.resolve("spool"))) {
                fired = fireUntilItIsFull(bus);
                assertThat(fired).isGreaterThan(100);
                assertThatThrownBy(() -> fire(bus, 0))
                        .isInstanceOf(SpoolException.class)
                        .hasMessageContaining("not fired");
            }
            server.startAgain();
            try (Bus bus = bus(server, disk.resolve("spool"))) {
                bus.flush().get(PATIENCE, TimeUnit.SECONDS);
                for (int i = 0; i < fired; i++) {
                    fire(bus, fired + i);
                }
                bus.flush().get(PATIENCE, TimeUnit.SECONDS);
            }

            assertThat(refused).isEmpty();
            List<Integer> arrived = arrived(server, 2 * fired);
            assertThat(arrived).hasSize(2 * fired).isSorted().doesNotHaveDuplicates();
        }
    }

    private Bus bus(ServerProcess server, Path spool) {
        return Tidings.connect(URI.create(server.client("shop").base()))
                .credentials(Credentials.apiKey("shop"))
                .source(URI.create("/shop/web"))
                .firing(Firing.DEFAULT.withSpool(spool).withClosing(Duration.ZERO))
                .onFailure((event, reason) -> refused.add(reason.getMessage()))
                .open();
    }

    private static int fireUntilItIsFull(Bus bus) {
        int fired = 0;
        try {
            while (true) {
                fire(bus, fired);
                fired++;
            }
        } catch (SpoolException full) {
            return fired;
        }
    }

    private static void fire(Bus bus, int number) {
        bus.fire(bus.event("Shop.Web.Order.Placed")
                .key("k")
                .data(Map.of("number", number, "filler", FILLER))
                .build());
    }

    private static List<Integer> arrived(ServerProcess server, int count) {
        PolledInstance desk = server.client("desk").poll("");
        List<Integer> arrived = new ArrayList<>();
        while (arrived.size() < count) {
            for (JsonNode event :
                    desk.poll("events?timeout=60&max=1000").expect(200).json()) {
                arrived.add(event.path("data").path("number").asInt());
            }
            desk.confirm(arrived.size());
        }
        desk.delete();
        return arrived;
    }
}
