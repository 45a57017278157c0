package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Firing;
import dev.tidings.client.Receipt;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// The Java SDK against a real broker.
class BusTest {
    private static final int FIRED = 2_000;
    private static final int KEYS = 20;
    private static final int KILLS = 3;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final Random random = new Random(1);

    @Test
    void publishesAllOrNothing() {
        PolledInstance desk = broker.client("desk").poll("");
        try (Bus bus = bus(URI.create(broker.client("shop").base()), "shop", Firing.DEFAULT)) {
            List<CloudEvent> events = List.of(order(bus, 1), order(bus, 2));

            assertThat(bus.publish(events).join()).isEqualTo(new Receipt(2, 0));
            assertThat(bus.publish(events).join()).isEqualTo(new Receipt(2, 2));
            assertThatThrownBy(() -> bus.publish(List.of(order(bus, 3), weighed(bus, -1)))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(RefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(422);
                        assertThat(refused.flaws())
                                .hasSize(1)
                                .first()
                                .satisfies(flaw -> assertThat(flaw.index()).isEqualTo(1));
                    });
        }

        assertThat(desk.events(2))
                .extracting(event -> event.path("data").asInt())
                .containsExactly(1, 2);
        desk.confirm();
        desk.hasNothing();
        desk.delete();
    }

    @Test
    void tellsWhichFiredEventsTheBrokerRefuses() {
        PolledInstance desk = broker.client("desk").poll("");
        Queue<String> refusals = new ConcurrentLinkedQueue<>();
        try (Bus bus = Tidings.connect(URI.create(broker.client("shop").base()))
                .credentials(Credentials.apiKey("shop"))
                .source(URI.create(Shop.SOURCE))
                .onFailure((event, reason) -> refusals.add(event.getType() + " " + reason.status()))
                .open()) {
            bus.fire(order(bus, 1));
            bus.fire(bus.event("Shop.Web.Secret.Told").build());
            bus.fire(weighed(bus, -1));
            bus.fire(order(bus, 2));
            bus.flush().join();
        }

        assertThat(refusals).containsExactlyInAnyOrder("Shop.Web.Secret.Told 401", Shop.WEIGHED + " 422");
        assertThat(desk.events(2))
                .extracting(event -> event.path("data").asInt())
                .containsExactly(1, 2);
        desk.confirm();
        desk.delete();
    }

    @Test
    void losesNothingAndKeepsEachKeysOrderThoughTheBrokerIsKilledAndConnectionsAreCut() throws Exception {
        try (ServerProcess server = ServerProcess.with(Shop.CATALOG).start();
                Detour detour = new Detour()) {
            detour.leadTo(server.client("shop"));
            Firing firing = Firing.DEFAULT.withBatch(20).withClosing(Deadline.GENEROUS);
            try (Bus bus = bus(detour.address(), "shop", firing)) {
                for (int i = 0; i < FIRED; i++) {
                    bus.fire(order(bus, i));
                    disturb(i, server, detour);
                }
            }

            List<JsonNode> events =
                    server.client("desk").poll("inflight=100000").events(FIRED);
            assertThat(Numbered.byKey(events)).isEqualTo(Numbered.inOrder(FIRED, KEYS));
        }
    }

    private void disturb(int event, ServerProcess server, Detour detour) {
        if (random.nextInt(100) == 0) {
            detour.cut();
        }
        int stretch = FIRED / (KILLS + 1);
        if (event % stretch == stretch - 1) {
            server.kill();
            server.startAgain();
            detour.leadTo(server.client("shop"));
        }
    }

    private static Bus bus(URI address, String key, Firing firing) {
        return Tidings.connect(address)
                .credentials(Credentials.apiKey(key))
                .source(URI.create(Shop.SOURCE))
                .firing(firing.withLinger(Duration.ofMillis(1)))
                .open();
    }

    private static CloudEvent order(Bus bus, int number) {
        return bus.event(Shop.PLACED)
                .key(Numbered.key(number, KEYS))
                .data(number)
                .build();
    }

    private static CloudEvent weighed(Bus bus, int grams) {
        return bus.event(Shop.WEIGHED).data(Map.of("grams", grams)).build();
    }
}
