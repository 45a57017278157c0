package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.SpoolException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Programs that are killed while they fire.
class SpoolTest {
    private static final int LIVES = Integer.getInteger("tidings.spool.lives", 4);
    private static final int LIFE = 1_000_000;
    private static final int END = -1;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final Path spool = Directories.temporary();
    private final Random random = new Random(1);

    @AfterEach
    void clean() {
        Directories.delete(spool);
    }

    @Test
    void deliversInOrderAllThatWasFiredBeforeEachKill() {
        URI shop = URI.create(broker.client("shop").base());
        PolledInstance desk = broker.client("desk").poll("");
        List<Integer> fired = new ArrayList<>();
        try (Detour nowhere = new Detour()) {
            for (int life = 0; life < LIVES; life++) {
                URI address = life % 2 == 0 ? shop : nowhere.address();
                try (FiringProcess process = FiringProcess.start(address, spool, life * LIFE)) {
                    fired.add(process.fires(1 + random.nextInt(2_000)).kill());
                }
            }
        }
        try (Bus bus = FiringProcess.open(shop, spool)) {
            bus.fire(bus.event(Shop.PLACED).key("k").data(END).build());
            Deadline.await(bus.flush());
        }

        List<Integer> arrived = upToTheEnd(desk);
        List<Integer> expected = new ArrayList<>();
        for (int life = 0; life < LIVES; life++) {
            int number = life;
            int count =
                    (int) arrived.stream().filter(data -> data / LIFE == number).count();
            assertThat(count).as("of life %d", life).isGreaterThanOrEqualTo(fired.get(life));
            for (int i = 0; i < count; i++) {
                expected.add(life * LIFE + i);
            }
        }
        assertThat(arrived).isEqualTo(expected);
    }

    @Test
    void keepsOutOtherProcessesAlsoAfterThisOneWasKeptOut() {
        URI shop = URI.create(broker.client("shop").base());
        try (Bus bus = FiringProcess.open(shop, spool)) {
            assertThat(bus.flush()).isDone();
            assertThatThrownBy(() -> FiringProcess.open(shop, spool)).isInstanceOf(SpoolException.class);

            try (FiringProcess other = FiringProcess.start(shop, spool, 0)) {
                assertThat(other.complaint()).anyMatch(line -> line.contains("another bus has it"));
            }
        }
        try (FiringProcess other = FiringProcess.start(shop, spool, 0).fires(1)) {
            assertThatThrownBy(() -> FiringProcess.open(shop, spool)).isInstanceOf(SpoolException.class);
            assertThat(other.kill()).isPositive();
        }
    }

    private static List<Integer> upToTheEnd(PolledInstance desk) {
        List<Integer> arrived = new ArrayList<>();
        while (true) {
            for (JsonNode event :
                    desk.poll("events?timeout=60&max=1000").expect(200).json()) {
                int data = event.path("data").asInt();
                if (data == END) {
                    return arrived;
                }
                arrived.add(data);
            }
            desk.confirm();
        }
    }
}
